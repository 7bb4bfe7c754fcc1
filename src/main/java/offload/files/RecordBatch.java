package offload.files;

import java.util.Arrays;

/**
 * Records that are appended together: all that had arrived when the turn looked. It is used again and again; for one
 * thread.
 */
public final class RecordBatch {
    private byte[] bytes = new byte[2048];
    private int length;
    private long base;

    /** Empties the batch; its first record will begin at {@code offset} of the log. */
    public void begin(long offset) {
        base = offset;
        length = 0;
    }

    /** Frames one more record around {@code data}, which holds no line break. */
    public void add(byte[] data, int from, int count) {
        int record = EventFormat.recordLength(base + length, count);
        if (length + record > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + record));
        }
        EventFormat.write(bytes, length, base + length, data, from, count);
        length += record;
    }

    /** Whether there is nothing to append. */
    public boolean isEmpty() {
        return length == 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
