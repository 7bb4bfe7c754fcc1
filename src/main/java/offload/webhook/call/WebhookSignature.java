package offload.webhook.call;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks as the Standard Webhooks specification says (symmetric signatures, {@code v1}): HMAC-SHA-256 over
 * {@code id.timestamp.body}, in base64. With several secrets there are several signatures, so that a secret can be
 * replaced while receivers still check the old one. Immutable; any thread may call it. The secrets never leave it.
 */
public final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> secrets;

    private WebhookSignature(List<SecretKeySpec> secrets) {
        this.secrets = secrets;
    }

    /**
     * Reads secrets separated by commas or blanks; an empty text means that nothing is signed. As in the reference
     * libraries a secret is base64, with or without {@code whsec_} before it; a text without that prefix that is no
     * base64 is taken as it stands, in UTF-8.
     *
     * @throws IllegalArgumentException if there is no base64 after a {@code whsec_}; the message does not hold the secret
     */
    public static WebhookSignature of(String secrets) {
        return new WebhookSignature(Arrays.stream(secrets.split("[,\\s]+"))
                .filter(secret -> !secret.isEmpty())
                .map(secret -> new SecretKeySpec(bytesOf(secret), ALGORITHM))
                .toList());
    }

    /** Whether there is a secret to sign with. */
    boolean signs() {
        return !secrets.isEmpty();
    }

    /** The value of the {@code webhook-signature} field: one signature per secret, in their order. */
    String sign(String id, long epochSeconds, WebhookCall.Body body) throws IOException {
        byte[] head = (id + "." + epochSeconds + ".").getBytes(StandardCharsets.UTF_8);
        List<String> signatures = new ArrayList<>();
        for (SecretKeySpec secret : secrets) {
            signatures.add("v1," + Base64.getEncoder().encodeToString(hmac(secret, head, body)));
        }
        return String.join(" ", signatures);
    }

    private static byte[] bytesOf(String secret) {
        boolean marked = secret.startsWith(PREFIX);
        try {
            byte[] bytes = Base64.getDecoder().decode(marked ? secret.substring(PREFIX.length()) : secret);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            if (!marked) {
                return secret.getBytes(StandardCharsets.UTF_8);
            }
        }
        throw new IllegalArgumentException("a webhook secret has no base64 after its " + PREFIX
                + "; make one with: echo whsec_$(openssl rand -base64 32)");
    }

    private static byte[] hmac(SecretKeySpec secret, byte[] head, WebhookCall.Body body) throws IOException {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(head);
            body.writeTo(new Into(mac));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static final class Into extends OutputStream {
        private final Mac mac;

        Into(Mac mac) {
            this.mac = mac;
        }

        @Override
        public void write(int b) {
            mac.update((byte) b);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            mac.update(bytes, offset, count);
        }
    }

    @Override
    public String toString() {
        return "WebhookSignature with " + secrets.size() + " secrets";
    }
}
