package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import offload.testing.RecordedRequest;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import offload.webhook.call.Posts;
import offload.webhook.call.WebhookSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSenderTest {
    private static final Script OK = Script.answer("200 OK", "text/plain", "thanks");
    private static final Script BUSY = Script.answer("500 Oops", "text/plain", "come back\nlater");

    @TempDir
    private Path data;

    private ScriptedUpstream receiver;
    private Post post;

    @BeforeEach
    void open() throws Exception {
        receiver = ScriptedUpstream.start().always(OK);
        post = new Post(data);
    }

    @AfterEach
    void close() {
        post.close();
        receiver.close();
    }

    @Test
    void the_final_status_is_posted_as_one_form_field() throws Exception {
        post.start();
        post.turn("t1", url("bob:secret@", "/in?t=secret"));
        JsonObject record = post.until("t1", "delivered", 1);
        RecordedRequest request = receiver.request(0);
        assertEquals("application/x-www-form-urlencoded", request.header("Content-Type"));
        assertTrue(request.text().startsWith("response="), request.text());
        assertEquals(
                Post.STATUS, URLDecoder.decode(request.text().substring("response=".length()), StandardCharsets.UTF_8));
        assertEquals(request.header("webhook-id"), record.getString("webhook_id"));
        assertEquals("1795428000", request.header("webhook-timestamp"));
        assertNull(request.header("webhook-signature"));
        assertEquals(url("", "/in"), record.getString("url"));
        JsonObject attempt = record.getJsonArray("attempts").getJsonObject(0);
        assertEquals(200, attempt.getInt("status"));
        assertEquals("2026-11-23T10:00:00Z", attempt.getString("at"));
        assertFalse(attempt.containsKey("answer") || attempt.containsKey("error") || attempt.containsKey("next_at"));
        assertFalse(Files.readString(data.resolve("t1.webhook.json")).contains("secret"));
        assertEquals(0, post.outbox.pending());
    }

    @Test
    void with_a_secret_and_the_json_format_the_body_is_signed_json() throws Exception {
        post.with("whsec_AAAA whsec_BBBB", WebhookSettings.Format.JSON).start();
        post.turn("t1", url("", "/"));
        post.until("t1", "delivered", 1);
        RecordedRequest request = receiver.request(0);
        assertEquals("application/json", request.header("Content-Type"));
        assertEquals("{\"response\": " + Post.STATUS + "}", request.text());
        String id = String.valueOf(request.header("webhook-id"));
        assertEquals(
                Posts.signature("whsec_AAAA whsec_BBBB", id, 1795428000L, request.body()),
                request.header("webhook-signature"));
    }

    @Test
    void a_node_whose_folder_was_claimed_meanwhile_records_nothing_more() throws Exception {
        CountDownLatch claimed = new CountDownLatch(1);
        receiver.then(c -> {
            c.request();
            c.await(claimed);
            c.head("200 OK", "Content-Length: 0");
        });
        WebhookSender sender = post.start();
        post.turn("t1", url("", "/"));
        receiver.request(0);
        Files.move(post.folder, data.resolve("claimed"));
        claimed.countDown();
        Until.holds("the try is over", () -> sender.counts().delivered() == 1);
        sender.close();
        assertNull(post.record("t1"));
        try (var files = Files.list(data)) {
            assertEquals(
                    List.of("claimed", "t1.json"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void nothing_is_sent_before_the_turn_is_final() throws Exception {
        post.start();
        post.prepare("early", url("", "/early"));
        post.turn("late", url("", "/late"));
        post.until("late", "delivered", 1);
        assertEquals(List.of("/late"), targets());
        post.release("early");
        post.until("early", "delivered", 1);
        assertEquals(List.of("/late", "/early"), targets());
    }

    @Test
    void a_failed_try_is_recorded_and_repeated_after_five_seconds_with_the_same_id() throws Exception {
        receiver.then(BUSY);
        post.start();
        post.turn("t1", url("", "/"));
        JsonObject attempt =
                post.until("t1", "pending", 1).getJsonArray("attempts").getJsonObject(0);
        assertEquals(500, attempt.getInt("status"));
        assertEquals("come back later", attempt.getString("answer"));
        assertFalse(attempt.containsKey("error"), "that has what came in place of an answer");
        Instant next = Instant.parse(attempt.getString("next_at"));
        assertFalse(next.isBefore(post.clock.instant().plusSeconds(5)));
        assertFalse(next.isAfter(post.clock.instant().plusMillis(5500)));
        post.clock.set(next);
        post.until("t1", "delivered", 2);
        assertEquals(
                receiver.request(0).header("webhook-id"), receiver.request(1).header("webhook-id"));
    }

    @Test
    void after_the_eighth_try_it_is_a_dead_letter_until_somebody_asks_for_it() throws Exception {
        receiver.always(BUSY);
        WebhookSender sender = post.start();
        post.turn("t1", url("", "/"));
        for (int tries = 1; tries < 8; tries++) {
            post.until("t1", "pending", tries);
            post.clock.pass(Duration.ofHours(tries == 7 ? 11 : 0)
                    .plus(RetrySchedule.WAITS.get(tries - 1).multipliedBy(2)));
        }
        post.until("t1", "dead", 8);
        OutboxReader reader = new OutboxReader(List.of(post.folder));
        assertEquals("dead", reader.list().getFirst().state());
        assertEquals(1, sender.counts().dead());
        receiver.always(OK);
        assertTrue(reader.retry("t1"));
        post.until("t1", "delivered", 9);
        assertEquals(List.of(), reader.list());
        assertEquals(
                1,
                receiver.requests().stream()
                        .map(r -> r.header("webhook-id"))
                        .distinct()
                        .count());
        assertEquals(9, sender.counts().attempts());
    }

    @Test
    void gone_stops_it_for_good() throws Exception {
        receiver.then(Script.answer("410 Gone", "text/plain", "never again"));
        WebhookSender sender = post.start();
        post.turn("t1", url("", "/"));
        post.until("t1", "stopped", 1);
        assertEquals(0, post.outbox.pending());
        assertEquals(List.of(), new OutboxReader(List.of(post.folder)).list());
        assertEquals(1, sender.counts().stopped());
    }

    @Test
    void an_earlier_try_may_be_asked_for() throws Exception {
        receiver.then(BUSY).then(BUSY);
        post.start();
        post.turn("t1", url("", "/"));
        post.until("t1", "pending", 1);
        post.clock.pass(Duration.ofSeconds(6));
        post.until("t1", "pending", 2);
        new OutboxReader(List.of(post.folder)).retry("t1");
        post.until("t1", "delivered", 3);
    }

    @Test
    void a_try_that_is_asked_for_while_another_one_runs_is_made_after_it() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        receiver.then(BUSY).then(c -> {
            c.request();
            c.await(asked);
            c.answer("500 Oops", "text/plain", "too late");
        });
        post.start();
        post.turn("t2", url("", "/"));
        post.until("t2", "pending", 1);
        post.turn("t1", url("", "/"));
        receiver.request(1);
        OutboxReader reader = new OutboxReader(List.of(post.folder));
        assertTrue(reader.retry("t1") && reader.retry("t2"));
        // Requests are looked at by name: the first one has been seen, too.
        post.until("t2", "delivered", 2);
        asked.countDown();
        post.until("t1", "delivered", 2);
    }

    @Test
    void the_webhook_of_a_removed_conversation_is_dropped_and_leaves_no_record() throws Exception {
        receiver.then(BUSY);
        post.start();
        post.turn("t1", url("", "/"));
        post.until("t1", "pending", 1);
        Files.delete(data.resolve("t1.json"));
        Files.delete(data.resolve("t1.webhook.json"));
        post.clock.pass(Duration.ofSeconds(6));
        Until.holds("the entry is gone", () -> post.outbox.pending() == 0);
        assertEquals(1, receiver.requests().size());
        assertFalse(Files.exists(data.resolve("t1.webhook.json")));
    }

    @Test
    void what_was_due_when_the_server_ended_is_sent_after_its_start_under_the_same_id() throws Exception {
        receiver.then(Script.silence());
        WebhookSender first = post.within(Duration.ofMinutes(1)).start();
        post.turn("t1", url("", "/"));
        receiver.request(0);
        first.close();
        assertNull(post.record("t1"), "a try that the server's end cut short is no try");
        post.start();
        post.until("t1", "delivered", 1);
        assertEquals(
                receiver.request(0).header("webhook-id"), receiver.request(1).header("webhook-id"));
    }

    private String url(String userInfo, String target) {
        return "http://" + userInfo + "127.0.0.1:" + receiver.port() + target;
    }

    private List<String> targets() {
        return receiver.requests().stream().map(RecordedRequest::target).toList();
    }
}
