package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk fails for who reads: nobody is told that his conversation is gone, which is no reason to ask again. */
class UnreadableIT {
    @TempDir
    Path data;

    @Test
    void a_status_that_cannot_be_looked_at_is_never_told_to_be_gone() throws Exception {
        Strace.need();
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.then(Script.events(Talk.chunk(1, "")));
            Turn turn = Turn.submit(node, data);
            Until.holds("the turn is final", turn::isFinal);
            URI url = node.url(turn.path() + ".json");
            String file = turn.file(".json").toString();
            boolean everFailed = false;
            for (String call : List.of("access", "stat,lstat,newfstatat,statx", "openat")) {
                String inject = "inject=" + call + ":error=EIO";
                try (Strace strace = Strace.attach(node, "-e", "trace=" + call, "-e", inject, "-P", file)) {
                    int status = RawHttp.exchange("GET", url, "").status();
                    boolean failed = strace.calls().stream().anyMatch(line -> line.contains("INJECTED"));
                    assertTrue(status == 503 || status == 200 && !failed, call + ": " + status);
                    everFailed |= failed;
                }
            }
            assertTrue(everFailed, "no call that looks at the status was made to fail");
            assertEquals(200, RawHttp.exchange("GET", url, "").status());
        }
    }
}
