package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitsTest {
    private static final Script BUSY = Script.answer("503 Busy", "text/plain", "");
    private static final Script OK = Script.answer("200 OK", "text/plain", "");

    @TempDir
    Path data = Path.of("");

    @Test
    void a_restart_brings_no_try_forward_and_the_waits_go_on_growing() throws Exception {
        try (ScriptedUpstream receiver =
                ScriptedUpstream.start().then(BUSY).then(OK).always(BUSY)) {
            String url = "http://127.0.0.1:" + receiver.port() + "/";
            try (Post before = new Post(data)) {
                before.start();
                before.turn("t1", url);
                before.until("t1", "pending", 1);
            }
            try (Post after = new Post(data)) {
                after.start();
                after.turn("t2", url);
                after.until("t2", "delivered", 1);
                after.until("t1", "pending", 1);
                assertEquals(2, receiver.requests().size());
                after.clock.pass(Duration.ofSeconds(6));
                assertFalse(secondNext(after).isBefore(after.clock.instant().plusSeconds(60)));
            }
        }
    }

    /** Else a receiver that asks for a day each time has eight of them. */
    @Test
    void the_day_within_which_all_tries_are_made_begins_with_the_first() throws Exception {
        Script tomorrow = c -> {
            c.request();
            c.head("503 Busy", "Retry-After: 86400", "Content-Length: 0");
        };
        try (ScriptedUpstream receiver = ScriptedUpstream.start().then(BUSY).always(tomorrow);
                Post post = new Post(data).passing()) {
            Instant end = post.clock.instant().plus(Duration.ofDays(1));
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t1", "pending", 1);
            post.clock.pass(Duration.ofHours(23));
            assertEquals(end, secondNext(post));
            post.clock.set(end);
            post.until("t1", "dead", 3);
        }
    }

    /** Else a server that is restarted each day tries for ever. */
    @Test
    void a_restart_begins_no_new_day() throws Exception {
        Script later = c -> {
            c.request();
            c.head("503 Busy", "Retry-After: 82800", "Content-Length: 0");
        };
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(later)) {
            Instant end;
            try (Post before = new Post(data).passing()) {
                end = before.clock.instant().plus(Duration.ofDays(1));
                before.start();
                before.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
                before.until("t1", "pending", 1);
            }
            try (Post after = new Post(data).passing()) {
                after.clock.pass(Duration.ofHours(23));
                after.start();
                assertEquals(end, secondNext(after));
            }
        }
    }

    private static Instant secondNext(Post post) {
        JsonObject second =
                post.until("t1", "pending", 2).getJsonArray("attempts").getJsonObject(1);
        return Instant.parse(second.getString("next_at"));
    }
}
