package offload.webhook.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.tls.Tls;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import offload.address.AddressGuard;
import offload.address.BadWebhookUrl;
import offload.address.WebhookUrl;
import offload.testing.RecordedRequest;
import offload.testing.RefusingPort;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.TestCa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookCallTest {
    private static final AddressGuard GUARD = new AddressGuard(List.of());
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final byte[] BODY = "response=1".getBytes(StandardCharsets.UTF_8);
    private static final Script OK = Script.answer("200 OK", "text/plain", "thanks");

    @Test
    void the_request_goes_to_the_chosen_address_with_the_urls_own_host_and_target() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(OK)) {
            String target = "/a%2Fb/..;x=1//e?q=%26a[]=1&b=c+d&&=&t";
            post(plain(), "http://b%20b:p%40@hooks.example:" + receiver.port() + target);
            RecordedRequest request = receiver.request(0);
            assertEquals("POST", request.method());
            assertEquals(target, request.target());
            assertEquals("hooks.example:" + receiver.port(), request.header("Host"));
            assertEquals("Offload", request.header("User-Agent"));
            assertEquals("Basic YiBiOnBA", request.header("Authorization"));
            assertEquals("10", request.header("Content-Length"));
            assertNull(request.header("Expect"));
            assertEquals("one", request.header("webhook-id"));
            assertEquals("response=1", request.text());
            assertEquals("close", request.header("Connection"));
            assertNull(request.header("Proxy-Connection"));
        }
    }

    @Test
    void over_tls_the_urls_name_is_announced_and_its_certificate_checked(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.create();
        Tls trust = Tls.builder().sslContext(trusting(ca, folder)).build();
        try (ScriptedUpstream receiver = ScriptedUpstream.startTls(ca.server("hooks.example"))) {
            receiver.always(connection -> {
                connection.request();
                ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) connection.socket()).getSession();
                String name = ((SNIHostName) session.getRequestedServerNames().getFirst()).getAsciiName();
                connection.answer("200 OK", "text/plain", name);
            });
            WebhookCall call = new WebhookCall(Duration.ofSeconds(20), Duration.ofSeconds(30), () -> trust);
            WebhookAnswer answer = post(call, "https://hooks.example:" + receiver.port() + "/");
            assertEquals("hooks.example", answer.cut());
            CallFailed wrongName =
                    assertThrows(CallFailed.class, () -> post(call, "https://other.example:" + receiver.port() + "/"));
            assertTrue(String.valueOf(wrongName.getMessage()).startsWith("no TLS connection: "), wrongName.toString());
            assertThrows(CallFailed.class, () -> post(plain(), "https://hooks.example:" + receiver.port() + "/"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "199, false", "200, true", "299, true", "300, false", "410, false", "500, false"})
    void every_status_that_begins_with_two_is_a_success_and_nothing_else(int status, boolean success) {
        WebhookAnswer answer = new WebhookAnswer(status, null, null, null);
        assertEquals(success, answer.isSuccess());
        assertEquals(status == 410, answer.isGone());
        assertEquals(status != 0, answer.isAnswer());
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start();
                ScriptedUpstream elsewhere = ScriptedUpstream.start().always(OK)) {
            receiver.always(connection -> {
                connection.request();
                connection.head("307 Go", "Location: " + elsewhere.base(), "Content-Length: 0");
            });
            WebhookAnswer answer = post(plain(), "http://hooks.example:" + receiver.port() + "/");
            assertEquals(307, answer.status());
            assertEquals("redirects are not followed", answer.error());
            assertEquals(List.of(), elsewhere.requests());
        }
    }

    @Test
    void what_a_receiver_says_is_kept_without_control_characters() throws Exception {
        Script hostile = Script.answer("500 No", "text/plain", "no\n\u009b31mred\u0085\u001b[0m");
        try (ScriptedUpstream receiver = ScriptedUpstream.start().always(hostile)) {
            WebhookAnswer answer = post(plain(), "http://hooks.example:" + receiver.port() + "/");
            assertEquals("no 31mred [0m", answer.cut());
        }
    }

    @Test
    void of_a_gigabyte_only_the_beginning_is_read() throws Exception {
        WebhookAnswer answer = answerWithoutEnd("Content-Length: 1073741824", "");
        assertEquals(
                "0123456789abcdef 0123456789abcdef",
                String.valueOf(answer.cut()).substring(0, 33));
        assertTrue(String.valueOf(answer.cut()).length() <= 256);
    }

    @Test
    void of_chunks_without_end_only_the_first_are_read() throws Exception {
        WebhookAnswer answer = answerWithoutEnd("Transfer-Encoding: chunked", "\r\n12000\r\n");
        assertTrue(String.valueOf(answer.cut()).startsWith("0123456789abcdef"), answer.toString());
    }

    /** The client would hold all of it. */
    @Test
    void of_a_chunk_larger_than_any_answer_no_more_is_taken() throws Exception {
        assertNull(answerWithoutEnd("Transfer-Encoding: chunked", "4000000\r\n").cut());
    }

    /** A failure with these headers and a body that goes on for a gigabyte; {@code before} stands before its blocks. */
    private static WebhookAnswer answerWithoutEnd(String header, String before) throws Exception {
        AtomicLong sent = new AtomicLong();
        try (ScriptedUpstream receiver = ScriptedUpstream.start()) {
            receiver.always(connection -> {
                connection.request();
                connection.head("500 Much", header);
                byte[] block = "0123456789abcdef\n\u0000".repeat(4096).getBytes(StandardCharsets.UTF_8);
                connection.send(before.stripLeading());
                while (sent.get() < 1L << 30) {
                    connection.send(block);
                    if (before.startsWith("\r")) {
                        connection.send(before);
                    }
                    sent.addAndGet(block.length);
                }
            });
            WebhookAnswer answer = post(plain(), "http://hooks.example:" + receiver.port() + "/");
            assertEquals(500, answer.status());
            receiver.connection(0).awaitClientClose();
            // All buffers between the two have less than this.
            assertTrue(sent.get() < 32L << 20, "sent " + sent);
            return answer;
        }
    }

    @Test
    void a_receiver_has_fifteen_seconds() {
        assertEquals(Duration.ofSeconds(15), plain().total());
    }

    @Test
    void a_success_counts_although_the_connection_breaks_in_its_body() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start()) {
            receiver.always(connection -> {
                connection.request();
                connection
                        .head("202 Accepted", "Content-Length: 100")
                        .send("half")
                        .reset();
            });
            assertTrue(post(plain(), "http://hooks.example:" + receiver.port() + "/")
                    .isSuccess());
        }
    }

    @Test
    void no_answer_is_told_in_words_that_hold_nothing_of_the_url() throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start()) {
            String url = "http://bob:secret@hooks.example:" + receiver.port() + "/?t=secret";
            receiver.then(connection -> {
                connection.request();
                connection.reset();
            });
            assertEquals("the connection was lost", failure(url).split(":")[0]);
            receiver.then(connection -> connection.request());
            failure(url);
            receiver.then(connection -> {
                connection.request();
                connection.send("SSH-2.0-OpenSSH_9.6\r\n");
            });
            failure(url);
        }
        try (RefusingPort port = RefusingPort.open()) {
            String url = "http://hooks.example:" + port.number() + "/";
            assertEquals("no connection", failure(url).split(":")[0]);
        }
    }

    private static String failure(String url) {
        String message = String.valueOf(
                assertThrows(CallFailed.class, () -> post(plain(), url)).getMessage());
        assertTrue(!message.contains("secret"), message);
        return message;
    }

    private static WebhookCall plain() {
        return WebhookCall.standard();
    }

    private static WebhookAnswer post(WebhookCall call, String url) throws BadWebhookUrl, CallFailed {
        return call.post(WebhookUrl.parse(url, GUARD), LOOPBACK, Map.of("webhook-id", "one"), new Bytes(BODY));
    }

    static SSLContext trusting(TestCa ca, Path folder) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var pem = Files.newInputStream(ca.writePem(folder.resolve("ca.pem")))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
