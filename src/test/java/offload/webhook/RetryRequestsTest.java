package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import offload.sweep.Failures;
import offload.testing.LoggedLines;
import offload.testing.RefusingPort;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import offload.webhook.call.WebhookSettings;
import offload.webhook.call.WebhookSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryRequestsTest {
    @TempDir
    Path data = Path.of("");

    @Test
    void a_request_that_cannot_be_granted_holds_up_no_other() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start()
                        .then(Script.answer("503 Busy", "text/plain", "later"))
                        .always(Script.answer("200 OK", "text/plain", ""));
                Post post = new Post(data)) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t1", "pending", 1);
            Files.createFile(post.folder.resolve("a b" + WebhookOutbox.RETRY));
            Files.createDirectory(post.folder.resolve("t0" + WebhookOutbox.DUE));
            Files.createFile(post.folder.resolve("t0" + WebhookOutbox.RETRY));
            assertTrue(new OutboxReader(List.of(post.folder)).retry("t1"));
            post.until("t1", "delivered", 2);
        }
    }

    /** Its tries of before count no more: else a dead letter would have a single one, whose day is over before it. */
    @Test
    void a_request_begins_a_fresh_schedule() throws Exception {
        try (ScriptedUpstream receiver =
                        ScriptedUpstream.start().always(Script.answer("503 Busy", "text/plain", "later"));
                Post post = new Post(data).passing()) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t1", "pending", 1);
            post.clock.pass(Duration.ofHours(25));
            post.until("t1", "dead", 2);
            assertTrue(new OutboxReader(List.of(post.folder)).retry("t1"));
            JsonObject third =
                    post.until("t1", "pending", 3).getJsonArray("attempts").getJsonObject(2);
            Duration wait = Duration.between(post.clock.instant(), Instant.parse(third.getString("next_at")));
            assertTrue(wait.toMillis() >= 5_000 && wait.toMillis() <= 5_500, wait::toString);
        }
    }

    @Test
    void a_request_is_granted_also_while_its_receiver_is_spared() throws Exception {
        try (RefusingPort dead = RefusingPort.open();
                Post post = new Post(data)) {
            WebhookSender sender = post.start();
            for (int i = 10; i < 26; i++) {
                post.turn("t" + i, "http://127.0.0.1:" + dead.number() + "/");
            }
            Until.holds("it is spared", () -> sender.counts().attempts() >= Breaker.MOST_FAILURES);
            assertTrue(new OutboxReader(List.of(post.folder)).retry("t25"));
            Until.holds("it is called", () -> post.record("t25") != null);
        }
    }

    @Test
    void a_request_is_granted_once() throws Exception {
        try (ScriptedUpstream receiver =
                        ScriptedUpstream.start().always(Script.answer("503 Busy", "text/plain", "later"));
                Post post = new Post(data)) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t1", "pending", 1);
            assertTrue(new OutboxReader(List.of(post.folder)).retry("t1"));
            Until.holds("it is taken away", () -> post.outbox.retryRequests().isEmpty());
            post.until("t1", "pending", 2);
        }
    }

    /** As on a full device: else what was planned waits for the next start, and a crash forgets a try that was told of. */
    @Test
    void while_the_outbox_takes_nothing_a_request_puts_off_no_try_and_no_try_is_recorded() throws Exception {
        try (ScriptedUpstream receiver =
                        ScriptedUpstream.start().always(Script.answer("503 Busy", "text/plain", "later"));
                LoggedLines requests = LoggedLines.of(Failures.class);
                LoggedLines tries = LoggedLines.of(WebhookSender.class);
                Post post = new Post(data).passing()) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t1", "pending", 1);
            Files.createDirectories(post.folder.resolve("t1.json.tmp/in-the-way"));
            assertTrue(new OutboxReader(List.of(post.folder)).retry("t1"));
            Until.holds("it is not granted", () -> !requests.all().isEmpty());
            post.clock.pass(Duration.ofSeconds(6));
            receiver.request(1);
            Until.holds("the try is not kept", () -> !tries.all().isEmpty());
            assertEquals(
                    1, post.until("t1", "pending", 1).getJsonArray("attempts").size());
        }
    }

    @Test
    void what_keeps_requests_from_being_granted_is_told_once_and_not_with_each_look() throws Exception {
        try (Post post = new Post(data);
                LoggedLines lines = LoggedLines.of(Failures.class)) {
            WebhookSettings settings =
                    new WebhookSettings(WebhookSignature.of(""), List.of(), WebhookSettings.Format.FORM);
            WebhookSender sender = new WebhookSender(post.outbox, settings, post.guard, post.clock);
            Path request = Files.createFile(post.folder.resolve("a b" + WebhookOutbox.RETRY));
            for (int look = 0; look < 3; look++) {
                sender.grantRequests();
            }
            assertEquals(1, lines.all().size(), lines::toString);
            Files.delete(request);
            sender.grantRequests();
            assertEquals(
                    "requests to retry webhooks: works again, after 2 more of the last cause",
                    lines.all().get(1));
        }
    }
}
