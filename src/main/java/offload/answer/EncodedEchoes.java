package offload.answer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Finds the key in base64, of either alphabet: who is asked with {@code Authorization: Basic}, by a gateway say, has it so, with a
 * name before it, and may say it again. Stateless.
 */
final class EncodedEchoes {
    /** What eight characters become, fewer of which are no secret. */
    private static final int SHORTEST = 11;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final byte[] VALUES = values();
    private static final byte[] HIDDEN = {'*', '*', '*'};

    private EncodedEchoes() {}

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (byte i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = i;
        }
        values['+'] = 62;
        values['-'] = 62;
        values['/'] = 63;
        values['_'] = 63;
        return values;
    }

    /** {@code said} with {@code ***} for whatever is base64 of what {@code hiding} hides something in; else {@code said} itself. */
    static byte[] hidden(byte[] said, UnaryOperator<byte[]> hiding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(0);
        int taken = 0;
        int end;
        for (int from = 0; from < said.length; from = end + 1) {
            end = from;
            while (end < said.length && VALUES[said[end] & 0xFF] >= 0) {
                end++;
            }
            if (end - from >= SHORTEST && holds(said, from, end, hiding)) {
                out.write(said, taken, from - taken);
                out.writeBytes(HIDDEN);
                taken = end;
            }
        }
        if (taken == 0) {
            return said;
        }
        out.write(said, taken, said.length - taken);
        return out.toByteArray();
    }

    /** Other letters may stand before it, such as a part of a URL, so that it may begin at any of them. */
    private static boolean holds(byte[] said, int from, int to, UnaryOperator<byte[]> hiding) {
        for (int begin = from; begin < from + 4; begin++) {
            byte[] decoded = decoded(said, begin, to);
            if (!Arrays.equals(hiding.apply(decoded), decoded)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] decoded(byte[] said, int from, int to) {
        byte[] bytes = new byte[(to - from) * 6 / 8];
        int bits = 0;
        for (int i = from; i < to; i++) {
            bits = bits << 6 | VALUES[said[i] & 0xFF];
            int held = (i - from + 1) * 6 % 8;
            if (held < 6) {
                bytes[(i - from + 1) * 6 / 8 - 1] = (byte) (bits >> held);
            }
        }
        return bytes;
    }
}
