package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import offload.testing.ScriptedUpstream;
import offload.testing.TestCa;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server has against a client it says in TLS 1.3 only when the client's handshake is over. */
class TlsAlertTest {
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 116};

    @Test
    void tls_that_ends_before_an_answer_is_unreachable(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.create();
        SSLContext context = ca.server("127.0.0.1");
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Caller caller = new Caller(ca.writePem(folder.resolve("ca.pem")))) {
            upstream.then(c -> {
                Socket plain = c.socket();
                greeted(context, plain);
                plain.getOutputStream().write(ALERT);
                plain.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
            ChatEnd end = caller.run(URI.create("https://127.0.0.1:" + upstream.port()), new RecordingSink());
            String message = assertInstanceOf(ChatEnd.Unreachable.class, end).message();
            assertTrue(message.startsWith("TLS with the upstream failed: "), message);
        }
    }

    /** The server's end, after the handshake and the request's first byte. */
    private static SSLSocket greeted(SSLContext context, Socket plain) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, 0, false);
        tls.setUseClientMode(false);
        tls.getInputStream().read();
        return tls;
    }

    @Test
    void what_came_before_an_alert_that_arrived_with_it_is_taken(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.create();
        SSLContext context = ca.server("127.0.0.1");
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        RecordingSink sink = new RecordingSink();
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Caller caller = new Caller(ca.writePem(folder.resolve("ca.pem")))) {
            upstream.then(c -> {
                Socket plain = c.socket();
                SSLSocket tls = greeted(context, plain);
                say(tls, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                c.await(reading);
                say(tls, "data: 1\n\n");
                say(tls, "data: [DONE]\n\n");
                plain.getOutputStream().write(ALERT);
                ended.countDown();
                plain.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
            ChatCall call = Caller.call(URI.create("https://127.0.0.1:" + upstream.port()), true);
            assertEquals(new ChatEnd.Done(), caller.run(call, new SlowSink(reading, ended, sink)));
            assertEquals(List.of("1"), sink.events());
        }
    }

    private static void say(SSLSocket tls, String text) throws IOException {
        tls.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
