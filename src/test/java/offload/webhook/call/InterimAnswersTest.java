package offload.webhook.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.common.tls.Tls;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import offload.address.AddressGuard;
import offload.address.BadWebhookUrl;
import offload.address.WebhookUrl;
import offload.testing.ScriptedUpstream;
import offload.testing.TestCa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that say something before they answer (RFC 9110, section 15.2). */
class InterimAnswersTest {
    private static final AddressGuard GUARD = new AddressGuard(List.of());
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final byte[] BODY = "response=1".getBytes(StandardCharsets.UTF_8);
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final String HINTS =
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nContent-Length: 7\r\n\r\n";
    private static final String GONE = "HTTP/1.1 410 Gone\r\nContent-Length: 3\r\n\r\nbye";

    @ParameterizedTest
    @ValueSource(strings = {CONTINUE, HINTS, CONTINUE + HINTS + HINTS, "HTTP/1.1 102 \r\n\r\n", ""})
    void the_final_answer_counts_however_many_interim_ones_come_before_it(String interim) throws Exception {
        for (int piece : new int[] {1, 7, 1000}) {
            WebhookAnswer answer = answerTo(interim + GONE, piece);
            assertEquals(410, answer.status());
            assertEquals("bye", answer.cut());
        }
    }

    @Test
    void a_chunked_answer_is_read_to_its_end_behind_an_interim_one() throws Exception {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n4\r\n two\r\n0\r\n\r\n";
        assertEquals("one two", answerTo(HINTS + chunked, 1000).cut());
    }

    @Test
    void switching_protocols_is_an_answer_and_no_success() throws Exception {
        WebhookAnswer answer = answerTo("HTTP/1.1 101 Switching\r\nUpgrade: mail\r\n\r\n220 ESMTP\r\n", 1000);
        assertEquals(101, answer.status());
        assertEquals(false, answer.isSuccess());
    }

    @ParameterizedTest
    @ValueSource(strings = {CONTINUE, "HTTP/1.1 103 Early Hints\r\nLink: half", "HTTP/1.1 1", CONTINUE + "SSH-2.0\r\n"})
    void an_interim_answer_alone_is_no_answer(String all) {
        assertThrows(CallFailed.class, () -> answerTo(all, 1000));
    }

    @Test
    void interim_answers_without_end_are_no_answer() {
        assertThrows(CallFailed.class, () -> answerTo(CONTINUE.repeat(10_000) + GONE, 100_000));
        assertThrows(CallFailed.class, () -> answerTo("HTTP/1.1 100 " + "x".repeat(100_000), 100_000));
    }

    @Test
    void over_tls_it_is_the_same_connection_that_is_read_on(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.create();
        Tls trust =
                Tls.builder().sslContext(WebhookCallTest.trusting(ca, folder)).build();
        try (ScriptedUpstream receiver = ScriptedUpstream.startTls(ca.server("hooks.example"))) {
            receiver.always(connection -> {
                connection.request();
                connection.send(CONTINUE).send(GONE);
            });
            WebhookCall call = new WebhookCall(Duration.ofSeconds(20), Duration.ofSeconds(30), () -> trust);
            assertEquals(
                    410,
                    post(call, "https://hooks.example:" + receiver.port() + "/").status());
            assertEquals(1, receiver.connections().size());
        }
    }

    /** What is made of these bytes, which come in pieces of this size. */
    private static WebhookAnswer answerTo(String all, int piece) throws Exception {
        try (ScriptedUpstream receiver = ScriptedUpstream.start()) {
            receiver.always(connection -> {
                connection.request();
                for (int at = 0; at < all.length(); at += piece) {
                    connection.send(all.substring(at, Math.min(all.length(), at + piece)));
                }
            });
            return post(WebhookCall.standard(), "http://hooks.example:" + receiver.port() + "/");
        }
    }

    private static WebhookAnswer post(WebhookCall call, String url) throws BadWebhookUrl, CallFailed {
        return call.post(WebhookUrl.parse(url, GUARD), LOOPBACK, Map.of("webhook-id", "one"), new Bytes(BODY));
    }
}
