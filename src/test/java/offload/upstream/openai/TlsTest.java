package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import offload.sweep.Sweeper;
import offload.testing.FakeNames;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.TestCa;
import offload.testing.Until;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https for real: a server with a certificate of an authority that only the settings know. */
class TlsTest {
    @TempDir
    private static Path folder;

    private static TestCa ca;
    private static Path pem;

    private final RecordingSink sink = new RecordingSink();
    private Caller caller;

    @BeforeAll
    static void createCa() throws Exception {
        ca = TestCa.create();
        pem = ca.writePem(folder.resolve("ca.pem"));
    }

    @BeforeEach
    void start() {
        caller = new Caller(pem);
    }

    @AfterEach
    void stop() {
        caller.close();
    }

    private static void assertUnreachable(ChatEnd end, String word) {
        String message = assertInstanceOf(ChatEnd.Unreachable.class, end).message();
        assertTrue(message.contains(word) && !message.contains("sk-test") && !message.endsWith(".."), message);
    }

    @Test
    void events_come_over_tls() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.startTls(ca.server("127.0.0.1"))) {
            upstream.then(Script.events("{\"a\":1}", "{\"b\":2}"));
            assertEquals(new ChatEnd.Done(), caller.run(upstream.base(), sink));
            assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), sink.events());
            assertEquals("Bearer sk-test", upstream.request(0).header("Authorization"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void large_things_go_both_ways_in_each_version(String version) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.startTls(ca.server("127.0.0.1"))) {
            List<String> datas = new ArrayList<>();
            for (int i = 1; i < 200; i++) {
                datas.add("x".repeat(i * 97));
            }
            upstream.then(c -> {
                ((SSLSocket) c.socket()).setEnabledProtocols(new String[] {version});
                Script.events(datas.toArray(String[]::new)).play(c);
            });
            ChatCall call = Caller.call(upstream.base(), new byte[300_000]);
            assertEquals(new ChatEnd.Done(), caller.run(call, sink));
            assertEquals(datas, sink.events());
            assertEquals(300_000, upstream.request(0).body().length);
            assertEquals(
                    version,
                    ((SSLSocket) upstream.connection(0).socket()).getSession().getProtocol());
        }
    }

    @Test
    void events_of_several_records_that_arrived_together_are_flushed_together() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.startTls(ca.server("127.0.0.1"))) {
            CountDownLatch gate = new CountDownLatch(1);
            upstream.then(Script.eventsThenWait(gate, "1"));
            Caller.Running running = caller.start(Caller.call(upstream.base(), true));
            Until.holds(
                    "a flush of the first event", () -> running.sink().flushes().equals(List.of(1)));
            gate.countDown();
            assertEquals(new ChatEnd.Done(), running.await());
        }
    }

    @Test
    void the_servers_name_is_sent_and_checked() throws Exception {
        FakeNames.put("api-name.test", "127.0.0.1");
        try (ScriptedUpstream upstream = ScriptedUpstream.startTls(ca.server("api-name.test"))) {
            List<String> names = new CopyOnWriteArrayList<>();
            upstream.always(c -> {
                c.request();
                ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) c.socket()).getSession();
                session.getRequestedServerNames()
                        .forEach(n -> names.add(new String(n.getEncoded(), StandardCharsets.US_ASCII)));
                c.eventStreamHead().send("data: [DONE]\n\n");
            });
            assertEquals(new ChatEnd.Done(), caller.run(URI.create("https://API-name.test:" + upstream.port()), sink));
            assertEquals(List.of("api-name.test"), names);
            assertUnreachable(caller.run(upstream.base(), new RecordingSink()), "TLS with 127.0.0.1");
            FakeNames.put("other-name.test", "127.0.0.1");
            URI other = URI.create("https://other-name.test:" + upstream.port());
            assertUnreachable(caller.run(other, new RecordingSink()), "other-name.test found.");
        }
    }

    @Test
    void an_authority_that_nobody_trusts_is_unreachable() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.startTls(ca.server("127.0.0.1"));
                Caller plain = new Caller()) {
            assertUnreachable(plain.run(upstream.base(), sink), "certification path");
            assertTrue(upstream.requests().isEmpty());
        }
    }

    @Test
    void a_certificate_that_has_ended_is_unreachable() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.startTls(ca.expiredServer("127.0.0.1"))) {
            assertUnreachable(caller.run(upstream.base(), sink), "TLS with");
        }
    }

    @Test
    void a_server_that_speaks_no_tls_is_unreachable() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then(c -> c.send("HTTP/1.1 400 Bad Request\r\n\r\n"));
            assertUnreachable(caller.run(URI.create("https://127.0.0.1:" + upstream.port()), sink), "it speaks no TLS");
        }
    }

    @Test
    void a_server_that_closes_in_the_handshake_is_unreachable() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then(c -> c.socket().getInputStream().read());
            assertInstanceOf(
                    ChatEnd.Unreachable.class, caller.run(URI.create("https://127.0.0.1:" + upstream.port()), sink));
        }
    }

    @Test
    void an_end_inside_a_framed_body_is_truncated_over_tls_too() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.startTls(ca.server("127.0.0.1"))) {
            upstream.then(c -> {
                c.request();
                c.chunkedEventStreamHead().chunk("data: 1\n\n");
            });
            assertInstanceOf(ChatEnd.Truncated.class, caller.run(upstream.base(), sink));
            assertEquals(List.of("1"), sink.events());
        }
    }

    @Test
    void data_that_came_together_with_the_end_of_tls_is_the_last_although_the_socket_stays_open() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then(c -> {
                // Over a socket that it leaves open, as a peer does that waits for the answer to its close_notify.
                SSLSocket tls =
                        (SSLSocket) ca.server("127.0.0.1").getSocketFactory().createSocket(c.socket(), null, false);
                while (tls.getInputStream().read() != '}') {
                    // Until the end of the request.
                }
                tls.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                c.await(reading);
                tls.getOutputStream().write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
                tls.shutdownOutput();
                ended.countDown();
                c.socket().getInputStream().readAllBytes();
            });
            ChatCall call = Caller.call(URI.create("https://127.0.0.1:" + upstream.port()), true);
            assertEquals(new ChatEnd.Ended(), caller.run(call, new SlowSink(reading, ended, sink)));
            assertEquals(List.of("1"), sink.events());
        }
    }

    @Test
    void a_ca_file_that_cannot_be_used_is_named_at_once() throws Exception {
        Path text = Files.writeString(folder.resolve("no.pem"), "hello");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        try (Sweeper sweeper = new Sweeper()) {
            for (Path bad : List.of(text, empty, folder.resolve("missing.pem"))) {
                IllegalArgumentException e = assertThrows(
                        IllegalArgumentException.class, () -> new OpenAiUpstream(new OpenAiSettings(bad, 0), sweeper));
                assertTrue(e.toString().contains(bad.toString()), e.toString());
            }
        }
    }
}
