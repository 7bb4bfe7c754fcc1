package offload.sse;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The data of the event that is being read. One line that is whole in the reader's buffer stays there: only more lines, or
 * the end of the read, make it be copied.
 */
final class EventData {
    private static final byte[] JOINER = {' '};

    private final Held copied = new Held(SseDecoder.MAX_EVENT, "an event of the stream is longer than 4 MiB");
    private byte @Nullable [] span;
    private int spanFrom;
    private int spanTo;
    private boolean any;

    /** Adds a line. The bytes must stay as they are until {@link #keep()} or {@link #clear()}. */
    void line(byte[] buffer, int from, int to) throws SseLimitException {
        if (any) {
            keep();
            copied.add(JOINER, 0, 1);
        }
        copied.require(to - from);
        span = buffer;
        spanFrom = from;
        spanTo = to;
        any = true;
    }

    /** Makes it independent of the reader's buffer. */
    void keep() throws SseLimitException {
        byte[] there = span;
        if (there != null) {
            span = null;
            copied.add(there, spanFrom, spanTo);
        }
    }

    /** Whether there was a data field; one without a value counts. */
    boolean isPresent() {
        return any;
    }

    boolean give(String type, SseListener listener) throws IOException {
        if (copied.length() > 0) {
            keep();
        }
        byte[] there = span;
        return there != null
                ? give(type, there, spanFrom, spanTo - spanFrom, listener)
                : give(type, copied.bytes(), 0, copied.length(), listener);
    }

    private static boolean give(String type, byte[] bytes, int offset, int length, SseListener listener)
            throws IOException {
        if (Utf8Repair.isWellFormed(bytes, offset, length)) {
            return listener.event(type, bytes, offset, length);
        }
        byte[] repaired = Utf8Repair.repaired(bytes, offset, length);
        return listener.event(type, repaired, 0, repaired.length);
    }

    void clear() {
        span = null;
        any = false;
        copied.clear();
    }
}
