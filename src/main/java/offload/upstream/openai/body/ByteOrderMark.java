package offload.upstream.openai.body;

import java.util.Arrays;

/** The mark that some servers put before UTF-8. It is no part of the text. Stateless. */
final class ByteOrderMark {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private ByteOrderMark() {}

    /** {@code body} without the mark that it begins with; {@code body} itself where it begins otherwise. */
    static byte[] skippedIn(byte[] body) {
        boolean marked = body.length >= MARK.length && Arrays.equals(body, 0, MARK.length, MARK, 0, MARK.length);
        return marked ? Arrays.copyOfRange(body, MARK.length, body.length) : body;
    }
}
