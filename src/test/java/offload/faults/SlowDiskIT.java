package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk, or a network file system, that takes its time with one file, under a server with one processor. */
class SlowDiskIT {
    private static final String ONE_PROCESSOR = "-XX:ActiveProcessorCount=1";
    /** As src/docs/operations.md advises. */
    private static final String MORE_CARRIERS = "-Djdk.virtualThreadScheduler.parallelism=16";

    @TempDir
    Path data;

    @BeforeEach
    void needStrace() {
        Strace.need();
    }

    @Test
    void with_more_carriers_than_processors_who_waits_for_a_file_holds_up_nobody_else() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.events(Talk.chunk(1, "")));
                Node node = Node.start(data, upstream.base(), Map.of(), ONE_PROCESSOR, MORE_CARRIERS)) {
            Turn turn = Turn.submit(node, data);
            Until.holds("the turn is final", turn::isFinal);
            URI status = node.url(turn.path() + ".json");
            try (RawHttp slow = RawHttp.open(status.getHost(), status.getPort())) {
                // Longer than the client of the other request has patience.
                String inject = "inject=openat:delay_enter=90s";
                String file = turn.file(".json").toString();
                try (Strace _ = Strace.attach(node, "-e", "trace=openat", "-e", inject, "-P", file)) {
                    slow.send(RawHttp.request("GET", status, null));
                    RawHttp.Response other = RawHttp.exchange("GET", node.url("/health/live"), null);
                    assertEquals(200, other.status());
                }
                assertEquals(200, slow.response().status());
            }
        }
    }
}
