package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk fails for who reads: nobody is told that his conversation is gone, which is no reason to ask again. */
class UnreadableIT {
    private static final String LOOKS = "stat,lstat,newfstatat,statx";

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
            for (String call : List.of("access", LOOKS, "openat")) {
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

    /** A folder that was not looked into would pass for one in which all is sound. */
    @Test
    void a_folder_that_cannot_be_looked_into_is_a_fault_and_the_others_are_looked_through() throws Exception {
        Strace.need();
        Path failing = Files.createDirectories(data.resolve("pub/2026/03/01"));
        Files.writeString(
                Files.createDirectories(data.resolve("pub/2026/03/02/23/59/58")).resolve("a.json"), "{");
        for (String call : List.of("openat", LOOKS)) {
            List<String> told = verified(call, failing);
            assertEquals(3, told.size(), told.toString());
            assertTrue(told.getFirst().startsWith("pub/2026/03/01: cannot be looked into: "), told.toString());
            assertTrue(told.get(1).startsWith("pub/2026/03/02/23/59/58/a.json: is no whole status"), told.toString());
        }
    }

    /** The remedy for a log without a status is to remove it. */
    @Test
    void a_log_whose_status_cannot_be_looked_at_is_not_told_to_be_without_one() throws Exception {
        Strace.need();
        Path second = Files.createDirectories(data.resolve("pub/2026/03/01/23/59/58"));
        Path status = Files.writeString(second.resolve("a.json"), "{\"status\":\"done\"}");
        Files.writeString(second.resolve("a.txt"), "data: [DONE]\nid: 0\n\n");
        List<String> told = verified(LOOKS, status);
        assertEquals(2, told.size(), told.toString());
        assertTrue(told.getFirst().startsWith("pub/2026/03/01/23/59/58/a.json: cannot be read: "), told.toString());
    }

    /** What {@code verify} prints where {@code calls} fail for {@code path}. */
    private List<String> verified(String calls, Path path) {
        Path trace = data.resolve("trace");
        List<String> strace = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                trace.toString(),
                "-e",
                "trace=" + calls,
                "-e",
                "inject=" + calls + ":error=EIO",
                "-P",
                path.toString());
        Result result = OffloadProcess.runUnder(strace, Map.of("OFFLOAD_DATA_DIR", data.toString()), "verify");
        assertEquals(1, result.code(), result.err());
        return result.out().lines().toList();
    }
}
