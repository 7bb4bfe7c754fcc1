package offload.keys;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The secret by which RapidAPI's proxy shows that a request came through it ({@code X-RapidAPI-Proxy-Secret}). Immutable;
 * any thread may call it. It keeps a hash only, and never shows it.
 */
public final class RapidApiSecret {
    private final byte[] digest;
    private final boolean configured;

    /**
     * The secret as configured; an empty one means that the server is not behind RapidAPI.
     *
     * @throws IllegalArgumentException with a message that does not hold the secret, where no header can bring it
     */
    public RapidApiSecret(String secret) {
        if (!secret.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException("the secret must be one line of ASCII, as RapidAPI sends it");
        }
        digest = KeyText.digest(secret);
        configured = !secret.isEmpty();
    }

    /** Whether requests must come through RapidAPI. */
    public boolean isConfigured() {
        return configured;
    }

    /** Whether {@code presented} is the secret, in a time that does not depend on it; never if none is configured. */
    public boolean accepts(@Nullable String presented) {
        return MessageDigest.isEqual(KeyText.digest(presented == null ? "" : presented), digest) && configured;
    }

    @Override
    public String toString() {
        return "RapidApiSecret";
    }
}
