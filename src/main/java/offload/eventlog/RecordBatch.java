package offload.eventlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Records that are appended together: all that had arrived when the turn looked. Around them is room for the framing of
 * one HTTP chunk, so that the same bytes go to the file and, framed, to any number of readers. It is used again and
 * again; for one thread.
 */
public final class RecordBatch {
    /** Eight hexadecimal digits and a line end (RFC 9112, section 7.1). */
    private static final int HEADROOM = 10;

    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);
    /** With the last chunk of a body, which is empty, and no trailers. */
    private static final byte[] LAST_END = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int TAILROOM = LAST_END.length;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1024];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int length;
    private int count;
    private long base;

    /** Empties the batch; its first record will begin at {@code offset} of the log. */
    public void begin(long offset) {
        base = offset;
        length = 0;
        count = 0;
    }

    /** Frames one more record around {@code data}, which holds no line break. */
    public void add(byte[] data, int from, int count) {
        int record = EventFormat.recordLength(base + length, count);
        room(record);
        EventFormat.write(bytes, HEADROOM + length, base + length, data, from, count);
        length += record;
        this.count++;
    }

    private void room(int more) {
        int needed = HEADROOM + length + more + TAILROOM;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, needed));
            buffer = ByteBuffer.wrap(bytes);
        }
    }

    /** Adds the records of {@code next}, which follow the ones here in the log. */
    void addAll(RecordBatch next) {
        room(next.length);
        System.arraycopy(next.bytes, HEADROOM, bytes, HEADROOM + length, next.length);
        length += next.length;
        count += next.count;
    }

    /** Where in the log the first record begins. */
    long offset() {
        return base;
    }

    /** How many records there are. */
    public int count() {
        return count;
    }

    /** Where in the log its last record will end. */
    public long end() {
        return base + length;
    }

    /** Whether there is nothing to append. */
    public boolean isEmpty() {
        return length == 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the records begin in {@link #bytes}. */
    int start() {
        return HEADROOM;
    }

    /** How many bytes they take. */
    public int length() {
        return length;
    }

    /** How many of the first {@code written} bytes are whole records. */
    int wholeRecords(int written) {
        for (int end = HEADROOM + written; end >= HEADROOM + 2; end--) {
            if (bytes[end - 1] == '\n' && bytes[end - 2] == '\n') {
                return end - HEADROOM;
            }
        }
        return 0;
    }

    /** The records as one HTTP chunk; the buffer is this batch's own, to be used before anything is added. */
    ByteBuffer chunk() {
        return chunk(LINE_END);
    }

    /** The same, and the end of the body after it. */
    ByteBuffer lastChunk() {
        return chunk(LAST_END);
    }

    /** How many bytes of a chunk come after its records; {@code last} as in {@link LogFollower#take}. */
    public static int tail(boolean last) {
        return last ? LAST_END.length : LINE_END.length;
    }

    private ByteBuffer chunk(byte[] tail) {
        int at = HEADROOM;
        bytes[--at] = '\n';
        bytes[--at] = '\r';
        for (int rest = length; rest > 0; rest >>>= 4) {
            bytes[--at] = HEX[rest & 0xF];
        }
        int end = HEADROOM + length;
        System.arraycopy(tail, 0, bytes, end, tail.length);
        return buffer.limit(end + tail.length).position(at);
    }
}
