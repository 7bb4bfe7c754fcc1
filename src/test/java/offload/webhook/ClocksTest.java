package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks between servers whose clocks differ. */
class ClocksTest {
    @TempDir
    private Path data;

    @Test
    void what_a_dead_node_left_is_sent_at_once_also_where_its_clock_was_ahead() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(Script.answer("200 OK", "text/plain", ""));
                Post post = new Post(data)) {
            WebhookOutbox dead = new WebhookOutbox(data.resolve("dead"), new SetClock("2026-11-23T12:00:00Z"));
            Path status = data.resolve("t1.json");
            Files.writeString(status, Post.STATUS);
            String url = "http://127.0.0.1:" + receiver.port() + "/";
            dead.prepare("t1", WebhookUrl.parse(url, post.guard), data.resolve("t1.webhook.json"));
            dead.release("t1", status);
            post.start();
            post.outbox.adopt(data.resolve("dead"));
            post.until("t1", "delivered", 1);
            assertEquals(1, receiver.requests().size());
        }
    }
}
