package offload.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers that the operator has sent along with calls are looked at before any call. */
class UpstreamHeadersIT {
    @TempDir
    Path folder;

    @Test
    void a_header_that_cannot_be_sent_along_is_a_fault_of_the_settings_and_is_not_shown() throws IOException {
        for (String header : new String[] {"Connection: close", "Host: x", "X A: y", "X-B: \"hid\\nden\""}) {
            Path file = Files.writeString(
                    folder.resolve("o.yaml"),
                    "offload:\n  upstreams:\n    one:\n      url: http://127.0.0.1:9/v1\n      models: [\"*\"]\n      headers:\n"
                            + "        " + header + "\n");
            Result checked = OffloadProcess.run(
                    Map.of(
                            "OFFLOAD_CONFIG",
                            file.toString(),
                            "OFFLOAD_DATA_DIR",
                            folder.resolve("data").toString()),
                    "check");
            String said = checked.out() + checked.err();
            assertTrue(checked.code() != 0 && said.contains("a header that can be sent along"), said);
            assertFalse(said.contains("den"), said);
        }
    }
}
