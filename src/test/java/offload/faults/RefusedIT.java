package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server is killed when the log of a turn has its end and its status has not. */
class RefusedIT {
    @TempDir
    Path data;

    @BeforeEach
    void needStrace() {
        Strace.need();
    }

    @ParameterizedTest
    @CsvSource({
        "429, rate_limit_error, true",
        "401, authentication_error, false",
        "400, some_error, false",
        "429, insufficient_quota, false"
    })
    void what_the_upstream_refused_a_call_with_outlives_the_server(int code, String type, boolean retryable)
            throws Exception {
        String said = "{\"error\":{\"message\":\"not now\",\"type\":\"" + type + "\",\"code\":\"c\"}}";
        JsonObject status = killedBeforeTheFinalStatus(
                "HTTP/1.1 " + code + " No\r\nX-Reason: r\r\nContent-Type: application/json\r\nContent-Length: "
                        + said.length() + "\r\n\r\n" + said);
        JsonObject error = status.getJsonObject("error");
        assertEquals("upstream_error", error.getString("code"));
        assertEquals("not now", error.getString("message"));
        assertEquals(type, error.getString("type"));
        assertEquals(retryable, error.getBoolean("retryable"));
        assertEquals(code, error.getInt("upstream_status"));
        JsonObject response = status.getJsonObject("response");
        assertEquals(code, response.getInt("status_code"));
        assertEquals("r", response.getJsonObject("headers").getString("x-reason"));
        assertEquals(Turn.json(said), response.getJsonObject("body"));
    }

    @Test
    void an_error_in_the_stream_has_no_status_and_keeps_its_answer_to_whether_a_repeat_may_help() throws Exception {
        String said = "{\"error\":{\"message\":\"pay first\",\"type\":\"insufficient_quota\",\"param\":\"p\"}}";
        JsonObject status = killedBeforeTheFinalStatus(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: " + said + "\n\n");
        JsonObject error = status.getJsonObject("error");
        assertEquals("pay first", error.getString("message"));
        assertEquals(false, error.getBoolean("retryable"));
        assertTrue(!error.containsKey("upstream_status"), error.toString());
        assertEquals(Turn.json(said), status.getJsonObject("response").getJsonObject("body"));
    }

    /** The sync of the log is the last call before the final status is written. */
    private JsonObject killedBeforeTheFinalStatus(String answer) throws Exception {
        CountDownLatch traced = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node living = Node.start(data, upstream.base(), Map.of());
                // By itself: next to other syncs, on a fast device, the log's may be one of the whole file system.
                Node doomed = Node.start(data, upstream.base(), Map.of("OFFLOAD_STORAGE_SYNC", "final"))) {
            upstream.always(c -> {
                c.request();
                c.await(traced);
                c.send(answer);
            });
            Turn turn = Turn.submit(doomed, data);
            String log = turn.file(".txt").toString();
            try (Strace _ =
                    Strace.attach(doomed, "-e", "trace=fsync", "-e", "inject=fsync:signal=KILL:when=1", "-P", log)) {
                traced.countDown();
                Until.holds("the server was killed", () -> !doomed.isAlive());
            }
            assertTrue(turn.log().contains("data: [DONE]\n"), turn.log());
            Until.holds("the turn is final", turn::isFinal);
            assertTrue(living.isAlive(), living::output);
            turn.assertSound();
            return turn.status();
        }
    }
}
