package offload.sse;

import java.io.ByteArrayOutputStream;

/**
 * UTF-8 as the WHATWG Encoding Standard decodes it (https://encoding.spec.whatwg.org/#utf-8-decoder): each ill-formed
 * sequence, as far as it could have become a character, turns into one U+FFFD. Stateless; any thread.
 */
public final class Utf8Repair {
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private Utf8Repair() {}

    /** Whether the bytes are well-formed as they are. */
    public static boolean isWellFormed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        return ByteScan.isAscii(bytes, offset, end) || wellFormedEnd(bytes, offset, end) == end;
    }

    /** A copy that is well-formed, with U+FFFD in place of what is not. */
    public static byte[] repaired(byte[] bytes, int offset, int length) {
        int end = offset + length;
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 32);
        int at = offset;
        while (at < end) {
            int good = wellFormedEnd(bytes, at, end);
            out.write(bytes, at, good - at);
            at = good;
            if (at < end) {
                out.writeBytes(REPLACEMENT);
                at -= sequence(bytes, at, end);
            }
        }
        return out.toByteArray();
    }

    private static int wellFormedEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            int length = bytes[at] >= 0 ? 1 : sequence(bytes, at, end);
            if (length < 0) {
                return at;
            }
            at += length;
        }
        return end;
    }

    /** The length of the character at {@code at}, or minus the number of bytes that one U+FFFD stands for. */
    private static int sequence(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        int lower = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int upper = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (int i = 1; i < length; i++) {
            int next = at + i < end ? bytes[at + i] & 0xFF : 0;
            if (next < lower || next > upper) {
                return -i;
            }
            lower = 0x80;
            upper = 0xBF;
        }
        return length;
    }
}
