package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import offload.testing.Script;
import offload.testing.ScriptedConnection;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that are odd, broken or hostile. */
class HardReceiversTest {
    private static final Script OK = Script.answer("200 OK", "text/plain", "thanks");

    @TempDir
    private Path data;

    /** What a receiver may do in place of a 2xx. */
    enum Trouble implements Script {
        MOVED(c -> {
            c.request();
            c.head("301 Moved", "Location: http://127.0.0.1:1/", "Content-Length: 0");
        }),
        REDIRECTED(c -> {
            c.request();
            c.head("307 There", "Location: /again", "Content-Length: 0");
        }),
        BAD_REQUEST(Script.answer("400 Bad", "text/plain", "no")),
        NOT_FOUND(Script.answer("404 None", "text/plain", "no")),
        TOO_MANY(Script.answer("429 Slow Down", "text/plain", "no")),
        FAILED(Script.answer("500 Oops", "text/plain", "no")),
        UNAVAILABLE(Script.answer("503 Later", "text/plain", "no")),
        SILENT(Script.silence()),
        DRIPPING_HEAD(c -> {
            c.request();
            drip(c, "HTTP/1.1 200 OK\r\nX-Slow: " + "x".repeat(1000));
        }),
        RESET(c -> {
            c.request();
            c.reset();
        }),
        CLOSED(ScriptedConnection::request),
        UNREAD(ScriptedConnection::close),
        NO_HTTP(c -> {
            c.request();
            c.send("220 mail.example ESMTP\r\n");
        }),
        GIGABYTE_OF_HEADERS(c -> {
            c.request();
            c.send("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 1 << 20; i++) {
                c.send("X-" + i + ": " + "x".repeat(1000) + "\r\n");
            }
        }),
        GIGABYTE(c -> {
            c.request();
            c.head("500 Much", "Content-Length: 1073741824");
            byte[] block = new byte[1 << 16];
            for (int i = 0; i < 1 << 14; i++) {
                c.send(block);
            }
        });

        private final Script script;

        Trouble(Script script) {
            this.script = script;
        }

        @Override
        public void play(ScriptedConnection connection) throws Exception {
            script.play(connection);
        }

        private static void drip(ScriptedConnection connection, String text) throws Exception {
            for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
                connection.send(new byte[] {b});
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void whatever_is_no_success_is_tried_again(Trouble trouble) throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start().then(trouble).always(OK);
                Post post = new Post(data)) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            JsonObject attempt =
                    post.until("t1", "pending", 1).getJsonArray("attempts").getJsonObject(0);
            assertTrue(attempt.containsKey("status") || attempt.containsKey("error"), attempt.toString());
            post.clock.pass(Duration.ofSeconds(6));
            post.until("t1", "delivered", 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "201 Created", "202 Accepted", "204 No Content"})
    void every_2xx_is_success(String status) throws Exception {
        Script script = c -> {
            c.request();
            c.head(status, status.startsWith("204") ? "X: y" : "Content-Length: 0");
        };
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(script);
                Post post = new Post(data)) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            post.until("t1", "delivered", 1);
        }
    }

    @Test
    void a_success_whose_body_drips_is_a_success_when_the_time_is_over() throws Exception {
        Script script = c -> {
            c.request();
            c.head("200 OK", "Content-Length: 1000");
            Trouble.drip(c, "x".repeat(1000));
        };
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(script);
                Post post = new Post(data)) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            JsonObject attempt =
                    post.until("t1", "delivered", 1).getJsonArray("attempts").getJsonObject(0);
            assertEquals(
                    Post.TOTAL.toMillis() / 1000.0,
                    attempt.getJsonNumber("duration").doubleValue(),
                    1.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"120, 2026-11-23T10:02:00Z", "'Mon, 23 Nov 2026 11:30:00 GMT', 2026-11-23T11:30:00Z"})
    void the_time_that_a_receiver_asks_for_is_kept(String field, Instant expected) throws Exception {
        Script busy = c -> {
            c.request();
            c.head("429 Slow Down", "Retry-After: " + field, "Content-Length: 0");
        };
        try (ScriptedUpstream receiver = ScriptedUpstream.start().then(busy).always(OK);
                Post post = new Post(data)) {
            post.start();
            post.turn("t1", "http://127.0.0.1:" + receiver.port() + "/");
            JsonObject attempt =
                    post.until("t1", "pending", 1).getJsonArray("attempts").getJsonObject(0);
            assertEquals(expected.toString(), attempt.getString("next_at"));
            post.clock.set(expected);
            post.until("t1", "delivered", 2);
        }
    }

    @Test
    void a_dead_receiver_delays_no_other_and_has_four_calls_at_most() throws Exception {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Script hang = c -> {
            c.request();
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            c.awaitClientClose();
            open.decrementAndGet();
        };
        try (ScriptedUpstream dead = ScriptedUpstream.start().always(hang);
                ScriptedUpstream alive = ScriptedUpstream.start().always(OK);
                Post post = new Post(data)) {
            post.patient().start();
            for (int i = 0; i < 30; i++) {
                post.turn("dead" + i, "http://127.0.0.1:" + dead.port() + "/");
            }
            Until.holds("four calls hang", () -> open.get() == 4);
            for (int i = 0; i < 30; i++) {
                post.turn("alive" + i, "http://127.0.0.1:" + alive.port() + "/");
            }
            IntStream.range(0, 30).forEach(i -> post.until("alive" + i, "delivered", 1));
            assertTrue(
                    dead.requests().size() <= 8,
                    "calls meanwhile: " + dead.requests().size());
            assertEquals(4, most.get());
            assertEquals(4, open.get());
        }
    }

    @Test
    void a_name_is_resolved_anew_for_each_try_and_never_called_while_any_answer_is_refused() throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        Iterator<List<InetAddress>> answers = List.of(
                        List.of(loopback, InetAddress.ofLiteral("10.0.0.1")), List.of(loopback))
                .iterator();
        AddressGuard guard = new AddressGuard(Cidr.list("127.0.0.0/8"), name -> answers.next());
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(OK);
                Post post = new Post(data, guard)) {
            post.start();
            post.turn("t1", "http://hooks.example:" + receiver.port() + "/");
            JsonObject attempt =
                    post.until("t1", "pending", 1).getJsonArray("attempts").getJsonObject(0);
            assertEquals(
                    "hooks.example has the address 10.0.0.1, which is a private address", attempt.getString("error"));
            assertEquals(List.of(), receiver.connections());
            post.clock.pass(Duration.ofSeconds(6));
            post.until("t1", "delivered", 2);
            assertEquals("hooks.example:" + receiver.port(), receiver.request(0).header("Host"));
            assertFalse(answers.hasNext());
        }
    }
}
