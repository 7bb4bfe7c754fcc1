package offload.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A JSON string that grows at its end and is kept as it will be written: escaped, in UTF-8, without its quotes. Joining
 * escaped pieces needs no decoding, not even where a surrogate pair was split between two of them.
 *
 * <p>Not for use by several threads at once.
 */
public final class RawString {
    /** From here on what is there stays where it is, and more goes into a further piece: copies of large ones are dear. */
    private static final int LARGE = 1 << 20;

    private static final int NEXT = 64 * 1024;

    /** What is before {@link #bytes}. */
    private final List<JsonSlice> before = new ArrayList<>(0);

    private byte[] bytes = new byte[64];
    private int length;
    private int lengthBefore;

    /** Adds a piece that is already escaped. */
    public void append(byte[] escaped, int offset, int count) {
        room(count);
        System.arraycopy(escaped, offset, bytes, length, count);
        length += count;
    }

    /** Adds a piece of plain text. */
    public void append(String text) {
        byte[] escaped = escape(text).getBytes(StandardCharsets.UTF_8);
        append(escaped, 0, escaped.length);
    }

    private void room(int count) {
        if (length + count <= bytes.length) {
            return;
        }
        if (length < LARGE) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
            return;
        }
        before.add(new JsonSlice(bytes, 0, length));
        lengthBefore += length;
        bytes = new byte[Math.max(NEXT, count)];
        length = 0;
    }

    /** How many bytes it takes, without its quotes. */
    public int length() {
        return lengthBefore + length;
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return length() == 0;
    }

    /** Whether the text so far is {@code text}. */
    public boolean is(String text) {
        byte[] escaped = escape(text).getBytes(StandardCharsets.UTF_8);
        if (escaped.length != length()) {
            return false;
        }
        int at = 0;
        for (JsonSlice piece : before) {
            if (!Arrays.equals(piece.array(), 0, piece.length(), escaped, at, at + piece.length())) {
                return false;
            }
            at += piece.length();
        }
        return Arrays.equals(bytes, 0, length, escaped, at, escaped.length);
    }

    /** Writes the string with its quotes. */
    public void writeTo(JsonWriter out) {
        out.beginString();
        for (JsonSlice piece : before) {
            out.take(piece.array(), 0, piece.length());
        }
        out.take(bytes, 0, length);
        out.endString();
    }

    /** {@code text} with what JSON asks for escaped (RFC 8259, section 7), and surrogates without their partner too. */
    static String escape(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                if (out != null) {
                    out.append(c).append(text.charAt(i + 1));
                }
                i++;
            } else if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                out = out == null ? new StringBuilder(text.length() + 16).append(text, 0, i) : out;
                escape(c, out);
            } else if (out != null) {
                out.append(c);
            }
        }
        return out == null ? text : out.toString();
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append(String.format("\\u%04x", (int) c));
        }
    }
}
