package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import offload.testing.BlackHole;
import offload.testing.FakeNames;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.TestCa;
import offload.testing.Until;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt ends a call in each of its phases, at once, and closes the upstream's connection. */
class InterruptTest extends Answered {
    /** As fast as a busy machine can; no limit of a call ends it as aborted, now or later. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private static void assertAborts(Caller.Running running) throws Exception {
        long start = System.nanoTime();
        running.thread().interrupt();
        assertEquals(new ChatEnd.Aborted(), running.await());
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(taken.compareTo(AT_ONCE) < 0, "only after " + taken);
    }

    private static void awaitParked(Caller.Running running) {
        Until.holds("a waiting call", () -> running.thread().getState() == Thread.State.WAITING);
    }

    @Test
    void while_the_name_is_looked_up() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        FakeNames.hang("interrupted.test", release);
        Caller.Running running = caller.start(Caller.call(URI.create("http://interrupted.test"), true));
        awaitParked(running);
        assertAborts(running);
        release.countDown();
    }

    @Test
    void while_it_connects() throws Exception {
        try (BlackHole hole = BlackHole.open()) {
            Caller.Running running = caller.start(Caller.call(URI.create("http://127.0.0.1:" + hole.port()), true));
            awaitParked(running);
            assertAborts(running);
        }
    }

    @Test
    void during_the_tls_handshake() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.then(c -> c.await(gate));
        Caller.Running running = caller.start(Caller.call(URI.create("https://127.0.0.1:" + upstream.port()), true));
        upstream.connection(0);
        awaitParked(running);
        assertAborts(running);
        gate.countDown();
    }

    @Test
    void while_the_request_is_sent() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.then(c -> c.await(gate));
        ChatCall call = Caller.call(upstream.base(), new byte[32 << 20]);
        Caller.Running running = caller.start(call);
        upstream.connection(0);
        awaitParked(running);
        assertAborts(running);
        assertEquals(0, call.key().take().length);
        gate.countDown();
    }

    @Test
    void while_it_waits_for_the_answer() throws Exception {
        upstream.then(Script.silence());
        Caller.Running running = caller.start(Caller.call(upstream.base(), true));
        upstream.request(0);
        assertAborts(running);
        upstream.connection(0).awaitClientClose();
    }

    @Test
    void between_two_events() throws Exception {
        upstream.then(c -> {
            c.request();
            c.chunkedEventStreamHead().chunk("data: 1\n\n");
            c.awaitClientClose();
        });
        Caller.Running running = caller.start(Caller.call(upstream.base(), true));
        Until.holds("an event", () -> running.sink().events().size() == 1);
        assertAborts(running);
        upstream.connection(0).awaitClientClose();
    }

    @Test
    void between_two_events_over_tls(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.create();
        try (ScriptedUpstream secure = ScriptedUpstream.startTls(ca.server("127.0.0.1"));
                Caller trusting = new Caller(ca.writePem(folder.resolve("ca.pem")))) {
            secure.then(c -> {
                c.request();
                c.chunkedEventStreamHead().chunk("data: 1\n\n");
                c.awaitClientClose();
            });
            Caller.Running running = trusting.start(Caller.call(secure.base(), true));
            Until.holds("an event", () -> running.sink().events().size() == 1);
            assertAborts(running);
            secure.connection(0).awaitClientClose();
        }
    }

    @Test
    void before_it_began() throws Exception {
        Thread.currentThread().interrupt();
        RecordingSink sink = new RecordingSink();
        try (offload.sweep.Sweeper sweeper = new offload.sweep.Sweeper();
                OpenAiUpstream client = new OpenAiUpstream(new OpenAiSettings(null, OpenAiSettings.SPARES), sweeper)) {
            assertEquals(new ChatEnd.Aborted(), client.run(Caller.call(upstream.base(), true), sink));
        }
        assertTrue(!Thread.interrupted() && !sink.hasHead());
    }
}
