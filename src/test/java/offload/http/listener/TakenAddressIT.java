package offload.http.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import offload.testing.OffloadProcess;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TakenAddressIT {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"OFFLOAD_", "OFFLOAD_METRICS_"})
    void an_address_of_ipv6_that_is_taken_is_named_in_brackets(String listener) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            String port = String.valueOf(taken.getLocalPort());
            Map<String, String> variables = Map.of(
                    "OFFLOAD_DATA_DIR",
                    folder.resolve("data").toString(),
                    "OFFLOAD_UPSTREAM_URL",
                    "embedded",
                    listener + "HOST",
                    "::1",
                    listener + "PORT",
                    port);
            OffloadProcess.Result end = OffloadProcess.run(variables, "serve");
            assertEquals(1, end.code(), end.err());
            assertTrue(end.err().contains("cannot listen on [::1]:" + port + ":"), end.err());
        }
    }
}
