package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import offload.testing.RawHttp;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream from any cursor is the file from there on. */
class OffsetsIT {
    @TempDir
    Path data;

    @Test
    void from_each_offset_comes_the_rest_of_the_file_or_416() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(Talk.words(4, 0));
            Turn turn = Turn.submit(node, data);
            // The server says so last, a moment after the file does: until then the stream is one that runs.
            Until.holds(
                    "final",
                    () -> RawHttp.exchange("GET", node.url(turn.path() + ".json"), null)
                            .text()
                            .contains("\"status\":\"done\""));
            String log = turn.log();
            int good = 0;
            for (int offset = 0; offset <= log.length() + 1; offset++) {
                RawHttp.Response answer =
                        RawHttp.exchange("GET", node.url(turn.path() + ".txt?offset=" + offset), null);
                boolean isEnd = offset == 0 || offset <= log.length() && log.startsWith("\n\n", offset - 2);
                if (isEnd && offset < log.length()) {
                    assertEquals(log.substring(offset), answer.text());
                    good++;
                } else {
                    assertEquals(isEnd ? 204 : 416, answer.status(), "offset " + offset);
                }
            }
            assertTrue(good >= 6, "records: " + good);
        }
    }
}
