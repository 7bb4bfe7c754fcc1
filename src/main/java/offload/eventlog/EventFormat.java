package offload.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The one place that knows how a record of an event log looks:
 *
 * <pre>
 * data: {"id":"chatcmpl-1","choices":[...]}
 * id: 58
 *
 * data: [DONE]
 * id: 80
 *
 * </pre>
 *
 * <p>The id is the offset just after the record, its own digits included. {@code data} stands before {@code id}, because
 * some clients take an id over as soon as they have read its line. Data is one line, so an offset is one where a record
 * ends exactly when it is 0 or follows two line feeds. Stateless; any thread.
 */
public final class EventFormat {
    /** The data of the last record of every log. */
    public static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "\nid: ".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = DATA.length + ID.length + 2;

    private EventFormat() {}

    /** How long the record is whose data has {@code dataLength} bytes and which begins at {@code offset}. */
    static int recordLength(long offset, int dataLength) {
        int bare = FIXED + dataLength;
        int digits = digits(offset + bare);
        while (digits(offset + bare + digits) > digits) {
            digits++;
        }
        return bare + digits;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Writes the record at {@code offset} of the log to {@code into} at {@code at}; there must be room for it. */
    static void write(byte[] into, int at, long offset, byte[] data, int from, int length) {
        int record = recordLength(offset, length);
        System.arraycopy(DATA, 0, into, at, DATA.length);
        System.arraycopy(data, from, into, at + DATA.length, length);
        int position = at + DATA.length + length;
        System.arraycopy(ID, 0, into, position, ID.length);
        into[at + record - 1] = '\n';
        into[at + record - 2] = '\n';
        long rest = offset + record;
        for (int i = at + record - 3; rest > 0; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Where the whole record ends that begins at {@code from} in {@code text}, which is {@code offset} of the log; -1
     * where there is none, because bytes are missing or are not what a log has.
     */
    static int recordEnd(byte[] text, int from, int to, long offset) {
        if (to - from < FIXED || !Arrays.equals(text, from, from + DATA.length, DATA, 0, DATA.length)) {
            return -1;
        }
        int line = indexOf(text, '\n', from, to);
        int dataLength = line - from - DATA.length;
        if (line < 0 || dataLength < 1) {
            return -1;
        }
        int length = recordLength(offset, dataLength);
        if (from + length > to) {
            return -1;
        }
        byte[] expected = new byte[length];
        write(expected, 0, offset, text, from + DATA.length, dataLength);
        return Arrays.equals(text, from, from + length, expected, 0, length) ? from + length : -1;
    }

    /** How long the last record is of a log that ends at {@code end}. */
    public static int terminalLength(long end) {
        return FIXED + DONE.length + digits(end);
    }

    /** Whether the first {@code length} bytes of {@code text}, which is {@code offset} of the log, are its last record. */
    public static boolean isTerminal(byte[] text, int length, long offset) {
        return length == terminalLength(offset + length)
                && recordEnd(text, 0, length, offset) == length
                && Arrays.equals(text, DATA.length, DATA.length + DONE.length, DONE, 0, DONE.length);
    }

    /** Where the data of the record at {@code from} begins. */
    static int dataStart(int from) {
        return from + DATA.length;
    }

    /** How long the data is of the whole record of {@code length} bytes that ends at {@code endOffset} of the log. */
    static int dataLength(int length, long endOffset) {
        return length - FIXED - digits(endOffset);
    }

    private static int indexOf(byte[] text, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
