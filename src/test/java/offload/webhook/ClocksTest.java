package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import offload.address.WebhookUrl;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks of servers whose clocks differ, or are set. */
class ClocksTest {
    private static final Script BUSY = Script.answer("500 Oops", "text/plain", "");

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

    @Test
    void a_retry_waits_no_longer_where_the_clock_is_set_back_meanwhile() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start()
                        .then(BUSY)
                        .then(BUSY)
                        .always(Script.answer("200 OK", "text/plain", ""));
                Post post = new Post(data)) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t1", "pending", 1);
            post.clock.pass(Duration.ofDays(-1));
            post.nanos.addAndGet(Duration.ofSeconds(6).toNanos());
            post.until("t1", "pending", 2);
            // And by the clock that was set back the next wait is as long as ever.
            post.nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            post.turn("t2", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t2", "delivered", 1);
            assertEquals(3, receiver.requests().size());
            post.nanos.addAndGet(Duration.ofSeconds(8).toNanos());
            post.until("t1", "delivered", 3);
        }
    }

    @Test
    void a_clock_that_is_set_forward_uses_up_nothing_of_the_day_within_which_tries_are_made() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(BUSY);
                Post post = new Post(data)) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t1", "pending", 1);
            post.clock.pass(Duration.ofDays(20_000));
            post.until("t1", "pending", 2);
        }
    }

    @Test
    void days_without_a_server_use_up_nothing_of_it_either() throws Exception {
        goesOnAfterRestart(Duration.ofDays(3));
    }

    @Test
    void a_restart_with_a_clock_that_was_set_back_puts_no_try_off_by_as_much() throws Exception {
        goesOnAfterRestart(Duration.ofDays(-365));
    }

    private void goesOnAfterRestart(Duration later) throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(BUSY)) {
            try (Post before = new Post(data)) {
                before.start();
                before.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
                before.until("t1", "pending", 1);
            }
            try (Post after = new Post(data)) {
                after.clock.pass(later);
                after.start();
                after.until("t1", "pending", 2);
            }
        }
    }
}
