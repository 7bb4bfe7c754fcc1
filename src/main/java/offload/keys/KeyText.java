package offload.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * How a service key looks: {@code ofl_} and 40 characters of base 62, 238 bits at random. The fixed beginning lets people
 * and secret scanners know one when they see it. A hash without salt or stretching is enough for so much randomness.
 */
final class KeyText {
    static final String MARK = "ofl_";
    static final int PREFIX_LENGTH = 12;
    private static final int RANDOM_LENGTH = 40;
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyText() {}

    static String generate() {
        StringBuilder key = new StringBuilder(MARK);
        RANDOM.ints(RANDOM_LENGTH, 0, BASE62.length()).forEach(i -> key.append(BASE62.charAt(i)));
        return key.toString();
    }

    static String prefixOf(String key) {
        return key.substring(0, PREFIX_LENGTH);
    }

    /** SHA-256 of {@code text} in UTF-8, as lower-case hex digits. */
    static String sha256(String text) {
        return HexFormat.of().formatHex(digest(text));
    }

    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
