package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import offload.testing.LoggedLines;
import offload.testing.RefusingPort;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is spared calls, and whose webhooks are all tried. */
class DeadReceiversTest {
    private static final int MANY = 16;

    @TempDir
    Path data = Path.of("");

    @Test
    void a_receiver_that_does_not_answer_is_spared_and_one_that_says_no_is_alive() throws Exception {
        try (RefusingPort dead = RefusingPort.open();
                ScriptedUpstream busy = ScriptedUpstream.start().always(Script.answer("503 Busy", "text/plain", ""));
                Post post = new Post(data)) {
            WebhookSender sender = post.start();
            for (int i = 0; i < MANY; i++) {
                post.turn("dead" + i, "http://127.0.0.1:" + dead.number() + "/");
            }
            Until.holds("it is called", () -> sender.counts().attempts() >= Breaker.MOST_FAILURES);
            for (int i = 0; i < MANY; i++) {
                post.turn("busy" + i, "http://127.0.0.1:" + busy.port() + "/");
            }
            for (int i = 0; i < MANY; i++) {
                post.until("busy" + i, "pending", 1);
            }
            // As many as were called when it became clear.
            assertTrue(sender.counts().attempts() < MANY + Breaker.MOST_FAILURES + Lanes.MOST_PER_LANE);
        }
    }

    /** As on a device that is full: what the server lacks costs the receiver nothing. */
    @Test
    void what_could_not_be_written_of_a_try_is_tried_again_without_a_restart() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start()
                        .then(Script.answer("503 Busy", "text/plain", ""))
                        .always(Script.answer("200 OK", "text/plain", ""));
                LoggedLines log = LoggedLines.of(WebhookSender.class);
                Post post = new Post(data)) {
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            Path inTheWay = Files.createDirectories(post.folder.resolve("t1.json" + EntryFiles.DRAFT + "/x"));
            post.start();
            Until.holds("it cannot be kept", () -> log.toString().contains("could not be tried"));
            Files.delete(inTheWay);
            Files.delete(post.folder.resolve("t1.json" + EntryFiles.DRAFT));
            Until.holds("it is delivered", () -> {
                post.clock.pass(Duration.ofMinutes(1));
                return post.outbox.find("t1") == null;
            });
        }
    }
}
