package offload.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fakes themselves: what they send is what was asked for, and what they saw is what was sent. */
class FakesTest {

    @Test
    void a_recorder_sees_head_events_comments_and_end() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then(c -> {
                c.request();
                c.chunkedEventStreamHead()
                        .chunk(": hb\n")
                        .chunk("data: a\nid: 7\n\nda")
                        .chunk("ta: b\n\n");
                c.lastChunk();
            });
            try (SseRecorder recorder = SseRecorder.open(upstream.base(), "Last-Event-ID: 3")) {
                List<SseRecorder.Event> events = recorder.awaitEnd();
                assertEquals(List.of("a", "b"), recorder.datas());
                assertEquals("7", events.getFirst().id());
                assertEquals(List.of("hb"), recorder.comments());
                assertEquals(200, recorder.status());
            }
            assertEquals("3", upstream.request(0).header("last-event-id"));
        }
    }

    @Test
    void a_connection_shows_each_response_and_its_exact_bytes() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then(c -> {
                c.request();
                c.answer("200 OK", "text/plain", "one").answer("404 Not Found", "text/plain", "two");
            });
            RawHttp http = RawHttp.open(upstream.port());
            http.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
            assertEquals("one", http.response().text());
            RawHttp.Response second = http.response();
            assertEquals(404, second.status());
            assertTrue(new String(second.bytes(), StandardCharsets.UTF_8).endsWith("\r\n\r\ntwo"));
            assertEquals("abc", upstream.request(0).text());
            assertEquals(0, http.untilClosed().length);
        }
    }

    @Test
    void the_clients_leaving_is_seen() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            CountDownLatch left = new CountDownLatch(1);
            upstream.then(c -> {
                c.request();
                c.awaitClientClose();
                left.countDown();
            });
            RawHttp http = RawHttp.open(upstream.port());
            http.send(RawHttp.request("GET", upstream.base(), null));
            upstream.request(0);
            http.reset();
            left.await();
        }
    }

    @Test
    void a_failed_script_fails_the_test() throws Exception {
        ScriptedUpstream upstream = ScriptedUpstream.start();
        upstream.then(c -> {
            throw new IllegalStateException("seen");
        });
        try (RawHttp http = RawHttp.open(upstream.port())) {
            http.untilClosed();
        }
        assertThrows(AssertionError.class, upstream::close);
    }

    @Test
    void the_authority_is_unknown_to_the_world(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.create();
        ca.writePem(folder.resolve("ca.pem"));
        try (ScriptedUpstream upstream = ScriptedUpstream.startTls(ca.server("localhost", "127.0.0.1"))) {
            upstream.always(Script.events("x"));
            URI base = upstream.base();
            try (SSLSocket socket =
                    (SSLSocket) SSLSocketFactory.getDefault().createSocket(base.getHost(), base.getPort())) {
                assertThrows(SSLHandshakeException.class, socket::startHandshake);
            }
        }
    }
}
