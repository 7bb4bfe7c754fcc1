package offload.sse;

import java.util.Arrays;

/** Bytes kept from one read to the next, up to a limit. What grew large is let go of when it is cleared. */
final class Held {
    private static final byte[] EMPTY = {};
    private static final int FIRST = 512;
    private static final int KEEP_AT_MOST = 64 * 1024;

    private final int limit;
    private final String tooLong;
    private byte[] bytes = EMPTY;
    private int length;

    /** Takes at most {@code limit} bytes; {@code tooLong} is the message of the failure beyond. */
    Held(int limit, String tooLong) {
        this.limit = limit;
        this.tooLong = tooLong;
    }

    void add(byte[] source, int from, int to) throws SseLimitException {
        int more = to - from;
        require(more);
        if (length + more > bytes.length) {
            int doubled = (int) Math.min(limit, Math.max(FIRST, bytes.length * 2L));
            bytes = Arrays.copyOf(bytes, Math.max(doubled, length + more));
        }
        System.arraycopy(source, from, bytes, length, more);
        length += more;
    }

    /** Fails if {@code more} bytes would not fit. */
    void require(int more) throws SseLimitException {
        if (more > limit - length) {
            throw new SseLimitException(tooLong);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Forgets the bytes. The array that {@link #bytes()} gave stays as it is until the next {@link #add}. */
    void clear() {
        length = 0;
        if (bytes.length > KEEP_AT_MOST) {
            bytes = EMPTY;
        }
    }
}
