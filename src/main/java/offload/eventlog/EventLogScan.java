package offload.eventlog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import offload.disk.FreshLook;
import offload.disk.PlainFile;

/**
 * Walks the whole records of an event log from its start, as far as they are exactly what {@link EventFormat} says.
 * For one thread.
 */
public final class EventLogScan {
    private final MessageDigest digest = EventLogWriter.sha256();
    private byte[] buffer = new byte[64 * 1024];
    private int filled;
    private long offset;
    private long answerEnd;
    private boolean done;

    /** Takes the data of one record. */
    public interface RecordTaker {
        /** Takes {@code length} bytes; the buffer is the scan's again when this returns. */
        void take(byte[] data, int from, int length) throws IOException;
    }

    /** Walks {@code file}; {@code [DONE]} is not given to {@code taker}. */
    public static EventLogScan of(Path file, RecordTaker taker) throws IOException {
        EventLogScan scan = new EventLogScan();
        try (InputStream in = FreshLook.at(() -> Files.newInputStream(PlainFile.at(file)))) {
            scan.walk(in, taker);
        }
        return scan;
    }

    private void walk(InputStream in, RecordTaker taker) throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        while (count > 0) {
            filled += count;
            takeRecords(taker);
            if (filled == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            count = in.read(buffer, filled, buffer.length - filled);
        }
    }

    private void takeRecords(RecordTaker taker) throws IOException {
        int from = 0;
        int end = done ? -1 : EventFormat.recordEnd(buffer, 0, filled, offset);
        while (end > 0) {
            int length = end - from;
            offset += length;
            digest.update(buffer, from, length);
            int dataFrom = EventFormat.dataStart(from);
            int dataLength = EventFormat.dataLength(length, offset);
            done = Arrays.equals(buffer, dataFrom, dataFrom + dataLength, EventFormat.DONE, 0, EventFormat.DONE.length);
            if (!done) {
                answerEnd = offset;
                taker.take(buffer, dataFrom, dataLength);
            }
            from = end;
            end = done ? -1 : EventFormat.recordEnd(buffer, from, filled, offset);
        }
        filled -= from;
        System.arraycopy(buffer, from, buffer, 0, filled);
    }

    /** The end of the last whole record. */
    public long offset() {
        return offset;
    }

    /** The end of the last whole record that is not {@code [DONE]}. */
    public long answerEnd() {
        return answerEnd;
    }

    /** Whether the last whole record is {@code [DONE]}. */
    public boolean isDone() {
        return done;
    }

    /** The SHA-256 of the whole records, hexadecimal; to be asked once. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
