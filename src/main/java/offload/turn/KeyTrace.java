package offload.turn;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is remembered of a key that is no longer here: its length, its first characters and a rolling hash (Karp and Rabin)
 * under a multiplier that was drawn for it alone. That is enough to find an echo of the key in what an upstream says, and
 * too little to get the key back. Immutable; any thread.
 */
final class KeyTrace {
    /** Shorter ones are no secrets but words such as {@code none}, which occur everywhere. */
    private static final int SHORTEST = 8;

    /** So many characters are no secret: with most keys they name who has given them out. */
    private static final int START = 4;

    private static final byte[] HIDDEN = "***".getBytes(StandardCharsets.US_ASCII);

    private final int length;
    private final long multiplier = ThreadLocalRandom.current().nextLong() | 1;
    private final long leaving;
    private final long hash;
    private final byte[] start;

    KeyTrace(byte[] key) {
        length = key.length;
        long power = 1;
        long sum = 0;
        for (byte b : key) {
            sum = sum * multiplier + b;
            power *= multiplier;
        }
        hash = sum;
        leaving = power;
        start = length < SHORTEST ? new byte[0] : Arrays.copyOf(key, START);
    }

    /** Whether the key stands in {@code text}. */
    boolean isIn(byte[] text) {
        return find(text, 0) >= 0;
    }

    /** {@code text} with {@code ***} wherever the key stood; {@code text} itself where it did not. */
    byte[] hideIn(byte[] text) {
        int found = find(text, 0);
        if (found < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        while (found >= 0) {
            out.write(text, from, found - from);
            out.writeBytes(HIDDEN);
            from = found + length;
            found = find(text, from);
        }
        out.write(text, from, text.length - from);
        return out.toByteArray();
    }

    /** {@code text}, which breaks off, with {@code ***} for a key that may have begun before its end. */
    byte[] hideAtEndOf(byte[] text) {
        for (int at = Math.max(0, text.length - length + 1); start.length > 0 && at + START <= text.length; at++) {
            if (Arrays.equals(text, at, at + START, start, 0, START)) {
                byte[] hidden = Arrays.copyOf(text, at + HIDDEN.length);
                System.arraycopy(HIDDEN, 0, hidden, at, HIDDEN.length);
                return hidden;
            }
        }
        return text;
    }

    private int find(byte[] text, int from) {
        if (length < SHORTEST) {
            return -1;
        }
        long rolling = 0;
        for (int i = from; i < text.length; i++) {
            rolling = rolling * multiplier + text[i];
            if (i - from >= length) {
                rolling -= leaving * text[i - length];
            }
            if (i - from >= length - 1 && rolling == hash) {
                return i - length + 1;
            }
        }
        return -1;
    }
}
