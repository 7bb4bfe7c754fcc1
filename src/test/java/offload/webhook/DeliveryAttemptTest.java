package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import offload.testing.LoggedLines;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Unknown;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries that meet with trouble on this side. */
class DeliveryAttemptTest {
    @TempDir
    Path data = Path.of("");

    /** Only where it is gone was the conversation removed. What stands in its place stands for a device that fails. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_webhook_whose_status_cannot_be_read_for_now_is_tried_again(boolean unknown) throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(Script.answer("200 OK", "text/plain", ""));
                Post post = new Post(data)) {
            post.start();
            post.prepare("t1", "http://127.0.0.1:" + receiver.port() + "/");
            Path place = data.resolve("t1.json");
            Path status = unknown ? Unknown.at(place) : Files.createDirectory(place);
            post.outbox.release("t1", status);
            String error = post.until("t1", "pending", 1)
                    .getJsonArray("attempts")
                    .getJsonObject(0)
                    .getString("error");
            assertTrue(error.startsWith("the status could not be read"), error);
            Files.delete(status);
            Files.writeString(status, Post.STATUS);
            post.clock.pass(Duration.ofSeconds(6));
            post.until("t1", "delivered", 2);
            assertEquals(1, receiver.requests().size());
        }
    }

    /** Else the receiver gets it again and again for as long as nothing can be written beside the turn. */
    @Test
    void a_webhook_is_delivered_once_also_where_that_cannot_be_recorded() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(Script.answer("200 OK", "text/plain", ""));
                LoggedLines log = LoggedLines.of(DeliveryAttempt.class);
                Post post = new Post(data)) {
            Files.createDirectories(data.resolve("t1.webhook.json/in-the-way"));
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            Until.holds("it is told", () -> log.toString().contains("not recorded"));
            Until.holds("it is over", () -> post.outbox.pending() == 0);
            post.clock.pass(Duration.ofMinutes(2));
            post.turn("t2", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t2", "delivered", 1);
            assertEquals(2, receiver.requests().size());
        }
    }

    /** Else a crash between the two leaves a webhook that was delivered and of which nobody can tell. */
    @Test
    void what_was_delivered_is_recorded_before_its_entry_goes() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(Script.answer("200 OK", "text/plain", ""));
                Post post = new Post(data)) {
            Files.createDirectories(post.folder.resolve("dead/t1.json/in-the-way"));
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            String state = Until.present("the record", () -> post.record("t1")).getString("state");
            assertEquals("delivered", state);
        }
    }
}
