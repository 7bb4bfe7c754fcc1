package offload.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of private turns: keyed hashes (HMAC-SHA-256, RFC 2104) of the turn's path with the server's secret. They
 * are stored nowhere, every node that has the secret can check them, and a new secret revokes all. Any thread.
 */
public final class TurnTokens {
    private static final int BYTES = 16;

    private final SecretKeySpec secret;

    /** Tokens under {@code secret}. */
    public TurnTokens(byte[] secret) {
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** The token that opens everything of the turn: 32 hexadecimal digits. */
    public String bearer(TurnPath path) {
        return hex("bearer", path.relative(), BYTES);
    }

    /** The token that opens the event stream alone: 32 hexadecimal digits. */
    public String stream(TurnPath path) {
        return hex("stream", path.relative(), BYTES);
    }

    /** Whether {@code token} is the turn's bearer token; takes the same time whatever is wrong with it. */
    public boolean isBearer(TurnPath path, @Nullable String token) {
        return same(bearer(path), token);
    }

    /** Whether {@code token} is the turn's stream token; takes the same time whatever is wrong with it. */
    public boolean isStream(TurnPath path, @Nullable String token) {
        return same(stream(path), token);
    }

    /** A fingerprint of {@code text} for {@code purpose} that tells nothing to who lacks the secret. */
    public String fingerprint(String purpose, String text) {
        return hex(purpose, text, 32);
    }

    private String hex(String purpose, String text, int bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            byte[] hash = mac.doFinal((purpose + ':' + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static boolean same(String expected, @Nullable String given) {
        byte[] candidate = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), candidate);
    }
}
