package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import offload.testing.ScriptedUpstream;
import offload.testing.TestCa;
import offload.testing.TlsRecords;
import offload.testing.Until;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of TLS that arrive in parts, and such that are no data. */
class TlsRecordsTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    private static final int PART = 1000;

    @Test
    void an_event_does_not_wait_for_the_rest_of_the_record_behind_it(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.create();
        SSLContext context = ca.server("127.0.0.1");
        CountDownLatch seen = new CountDownLatch(1);
        String large = "x".repeat(15_000);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Caller caller = new Caller(ca.writePem(folder.resolve("ca.pem")))) {
            upstream.then(c -> {
                TlsRecords tls = TlsRecords.after("TLSv1.3", context, c.socket());
                byte[] first = tls.record(HEAD + "data: 1\n\n");
                byte[] next = tls.record("data: " + large + "\n\ndata: [DONE]\n\n");
                byte[] together = Arrays.copyOf(first, first.length + PART);
                System.arraycopy(next, 0, together, first.length, PART);
                c.send(together);
                c.await(seen).send(Arrays.copyOfRange(next, PART, next.length));
                c.socket().getInputStream().readAllBytes();
            });
            Caller.Running running =
                    caller.start(Caller.call(URI.create("https://127.0.0.1:" + upstream.port()), true));
            Until.holds("the first event", () -> running.sink().flushes().equals(List.of(1)));
            seen.countDown();
            assertEquals(new ChatEnd.Done(), running.await());
            assertEquals(List.of("1", large), running.sink().events());
        }
    }

    @Test
    void what_is_negotiated_again_is_answered_to_the_end_before_the_answer_and_in_it(@TempDir Path folder)
            throws Exception {
        TestCa ca = TestCa.create();
        SSLContext context = ca.server("127.0.0.1");
        RecordingSink sink = new RecordingSink();
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Caller caller = new Caller(ca.writePem(folder.resolve("ca.pem")))) {
            upstream.then(c -> {
                TlsRecords tls = TlsRecords.after("TLSv1.2", context, c.socket());
                tls.renegotiate();
                c.send(tls.record(HEAD + "data: 1\n\n"));
                tls.renegotiate();
                c.send(tls.record("data: 2\n\ndata: [DONE]\n\n"));
                c.socket().getInputStream().readAllBytes();
            });
            assertEquals(new ChatEnd.Done(), caller.run(URI.create("https://127.0.0.1:" + upstream.port()), sink));
            assertEquals(List.of("1", "2"), sink.events());
        }
    }
}
