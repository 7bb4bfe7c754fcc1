package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import offload.sweep.Sweeper;
import offload.testing.RecordedRequest;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.TestCa;
import offload.testing.Until;
import offload.upstream.ChatEnd;
import offload.upstream.openai.connection.Connection;
import offload.upstream.openai.connection.Endpoint;
import offload.upstream.openai.connection.GivenSpares;
import offload.upstream.openai.connection.StubConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections opened ahead, over real TLS. */
class SparesTest {
    private final AtomicLong clock = new AtomicLong();
    private final Sweeper sweeper = new Sweeper();
    private SSLContext server;
    private ScriptedUpstream upstream;
    private GivenSpares spares;
    private OpenAiUpstream client;
    private Caller caller;
    private Endpoint endpoint;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.create();
        server = ca.server("127.0.0.1");
        upstream = ScriptedUpstream.startTls(server);
        upstream.always(Script.events("{}"));
        endpoint = new Endpoint(true, "127.0.0.1", upstream.port());
        spares = new GivenSpares(ca.writePem(folder.resolve("ca.pem")), 3, clock::get, sweeper);
        client = new OpenAiUpstream(spares.connections());
        caller = new Caller(client);
    }

    @AfterEach
    void stop() {
        caller.close();
        sweeper.close();
        upstream.close();
    }

    private ChatEnd call() throws Exception {
        return client.run(Caller.call(upstream.base(), true), new RecordingSink());
    }

    private void awaitReady(int count) {
        Until.holds(count + " spares", () -> spares.ready(endpoint) == count);
    }

    @Test
    void the_second_call_goes_over_a_connection_that_was_opened_ahead() throws Exception {
        assertEquals(new ChatEnd.Done(), call());
        awaitReady(1);
        assertEquals(2, upstream.connections().size());
        assertTrue(upstream.connection(1).requests().isEmpty());
        assertEquals(new ChatEnd.Done(), call());
        RecordedRequest request = upstream.request(1);
        assertEquals("Bearer sk-test", request.header("Authorization"));
        awaitReady(2);
    }

    @Test
    void a_connection_that_carried_a_key_is_closed_and_never_a_spare() throws Exception {
        call();
        awaitReady(1);
        call();
        upstream.connection(0).awaitClientClose();
        upstream.connection(1).awaitClientClose();
    }

    @Test
    void a_spare_that_its_peer_has_closed_is_not_used() throws Exception {
        upstream.then(Script.events("{}")).then(c -> ((SSLSocket) c.socket()).startHandshake());
        call();
        awaitReady(1);
        Until.holds("a closed spare", () -> upstream.connection(1).socket().isClosed());
        assertEquals(new ChatEnd.Done(), call());
        assertEquals("Bearer sk-test", upstream.request(2).header("Authorization"));
    }

    /** Many servers and balancers close idle connections without a word of TLS, and all have sent tickets before. */
    @Test
    void a_spare_whose_peer_has_gone_without_an_alert_behind_its_tickets_is_not_used() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedUpstream peer = ScriptedUpstream.start()) {
            peer.then(c -> {
                Socket plain = c.socket();
                SSLSocket tls = (SSLSocket) server.getSocketFactory().createSocket(plain, null, 0, false);
                tls.setUseClientMode(false);
                tls.startHandshake();
                plain.close();
                gone.countDown();
            });
            Endpoint there = new Endpoint(true, "127.0.0.1", peer.port());
            try (Connection spare = spares.connect(there)) {
                gone.await();
                assertFalse(spare.isFresh());
            }
        }
    }

    @Test
    void a_spare_on_which_its_peer_has_spoken_is_not_used() throws Exception {
        AtomicInteger spoken = new AtomicInteger();
        upstream.then(Script.events("{}")).then(c -> {
            c.answer("408 Request Timeout", "text/plain", "too slow");
            spoken.incrementAndGet();
            c.request();
        });
        call();
        awaitReady(1);
        Until.holds("an answer to no request", () -> spoken.get() == 1);
        assertEquals(new ChatEnd.Done(), call());
        assertTrue(upstream.connection(1).requests().isEmpty());
    }

    @Test
    void a_spare_that_takes_nothing_is_replaced_by_a_new_connection() throws Exception {
        StubConnection stub = new StubConnection(false);
        spares.give(stub);
        call();
        awaitReady(1);
        assertEquals(new ChatEnd.Done(), call());
        assertTrue(stub.closed());
        assertEquals("Bearer sk-test", upstream.request(1).header("Authorization"));
    }

    @Test
    void a_request_of_which_a_part_has_left_is_not_made_again() throws Exception {
        spares.give(new StubConnection(true));
        call();
        awaitReady(1);
        assertInstanceOf(ChatEnd.Truncated.class, call());
        assertEquals(1, upstream.requests().size());
    }

    @Test
    void there_are_never_more_than_the_settings_allow() throws Exception {
        Queue<Caller.Running> running = new ArrayDeque<>();
        for (int i = 0; i < 12; i++) {
            running.add(caller.start(Caller.call(upstream.base(), true)));
        }
        for (Caller.Running each : running) {
            assertEquals(new ChatEnd.Done(), each.await());
        }
        awaitReady(3);
    }

    @Test
    void spares_of_a_cold_endpoint_are_closed() throws Exception {
        call();
        awaitReady(1);
        clock.addAndGet(Duration.ofSeconds(61).toNanos());
        spares.second();
        assertEquals(0, spares.ready(endpoint));
        Until.holds("the spare's end", () -> upstream.connection(1).socket().isClosed());
    }

    @Test
    void closing_the_client_closes_its_spares() throws Exception {
        call();
        awaitReady(1);
        client.close();
        assertEquals(0, spares.ready(endpoint));
        Until.holds("the spare's end", () -> upstream.connection(1).socket().isClosed());
    }

    @Test
    void without_tls_no_spares_are_opened() throws Exception {
        try (ScriptedUpstream plain = ScriptedUpstream.start().always(Script.events("{}"))) {
            client.run(Caller.call(plain.base(), true), new RecordingSink());
            assertEquals(0, spares.opened());
        }
    }
}
