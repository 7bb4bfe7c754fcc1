package offload.webhook.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector is the one that the reference libraries of Standard Webhooks are tested with. */
class WebhookSignatureTest {
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1614265330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @ParameterizedTest
    @ValueSource(strings = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void a_signature_is_what_the_reference_libraries_make(String secret) throws Exception {
        assertEquals(SIGNED, WebhookSignature.of(secret).sign(ID, TIMESTAMP, new Bytes(BODY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", ",", ", "})
    void several_secrets_make_several_signatures_in_their_order(String separator) throws Exception {
        String other = WebhookSignature.of("whsec_AAAA").sign(ID, TIMESTAMP, new Bytes(BODY));
        WebhookSignature both =
                WebhookSignature.of("whsec_AAAA" + separator + "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertEquals(other + " " + SIGNED, both.sign(ID, TIMESTAMP, new Bytes(BODY)));
    }

    @Test
    void a_secret_that_is_no_base64_is_taken_as_it_stands() throws Exception {
        String plain = WebhookSignature.of("not-base64!").sign(ID, TIMESTAMP, new Bytes(BODY));
        assertEquals(WebhookSignature.of("whsec_bm90LWJhc2U2NCE=").sign(ID, TIMESTAMP, new Bytes(BODY)), plain);
    }

    @Test
    void no_secret_signs_nothing() throws Exception {
        assertFalse(WebhookSignature.of(" ").signs());
        assertTrue(WebhookSignature.of("x").signs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_not-base64!"})
    void a_marked_secret_without_base64_is_refused_and_not_repeated(String secret) throws Exception {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> WebhookSignature.of(secret))
                .getMessage());
        assertFalse(message.contains("not-base64!"), message);
        assertTrue(message.contains("openssl rand -base64 32"), message);
    }

    @Test
    void what_is_printed_of_a_signature_has_nothing_of_its_secrets() {
        String printed = WebhookSignature.of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw not-base64!")
                .toString();
        assertEquals("WebhookSignature with 2 secrets", printed);
    }
}
