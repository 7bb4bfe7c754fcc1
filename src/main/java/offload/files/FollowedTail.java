package offload.files;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.locks.LockSupport;
import offload.eventlog.EventFormat;
import offload.eventlog.EventLogReader;
import offload.eventlog.EventTail;

/**
 * The tail of a log that another process writes, or wrote. It is polled, every 10 ms when it grows and less and less
 * often, down to every 200 ms, while it does not. The terminal record is available only when the status is final. A
 * repaired log is another file of the same name, so the file is opened again when the status has become final. Of two
 * files that another machine wrote, the later may come into sight before the earlier: a log has ended where its terminal
 * record is, or where a status has been final for so long that there is none.
 */
public final class FollowedTail implements EventTail {
    private static final long SHORTEST_NANOS = 10_000_000;
    private static final long LONGEST_NANOS = 200_000_000;
    /** As long as file systems remember what they know of a file, by default. */
    private static final long SETTLED_MILLIS = 60_000;

    private final TurnFiles files;
    private EventLogReader reader;
    private long pauseNanos = SHORTEST_NANOS;
    private long seenLength;
    private long available;
    private boolean complete;
    private boolean ended;

    /**
     * Opens the log of the turn with these {@code files}; a {@link NoSuchFileException} where there is no such turn. The
     * status is looked at first: a log that is opened when it is final will be no other one any more.
     */
    public FollowedTail(TurnFiles files) throws IOException {
        this(files, StatusFile.isFinal(files.status()), false);
    }

    private FollowedTail(TurnFiles files, boolean last, boolean whole) throws IOException {
        this.files = files;
        this.reader = new EventLogReader(files.events());
        try {
            measure(last, whole);
        } catch (IOException | RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    /** The same of a turn that {@link #wasFinal} before. */
    public static FollowedTail ofFinal(TurnFiles files) throws IOException {
        return new FollowedTail(files, true, true);
    }

    /** Whether the status was a final one when it was last looked at, and all of the log was there. */
    public boolean wasFinal() {
        return complete;
    }

    @Override
    public boolean hasEnded() throws IOException {
        if (!ended) {
            look();
        }
        return ended;
    }

    @Override
    public boolean isBrokenOff() {
        return false;
    }

    @Override
    public long available() {
        return available;
    }

    private void look() throws IOException {
        boolean last = StatusFile.isFinalOrGone(files.status());
        if (last) {
            reopen();
        }
        measure(last, false);
    }

    private void measure(boolean last, boolean whole) throws IOException {
        long length = reader.length();
        if (length == seenLength && !last) {
            return;
        }
        if (length != seenLength) {
            pauseNanos = SHORTEST_NANOS;
        }
        seenLength = length;
        complete = last && (whole || withoutTerminal(length) < length);
        ended = complete || last && isSettled();
        available = Math.max(available, complete ? length : endOfIncomplete(length));
    }

    /** Never inside a record: a reader that comes back for the rest of a damaged log would do so for ever. */
    private long endOfIncomplete(long length) throws IOException {
        long end = reader.recordEndAtOrBelow(length);
        return ended ? end : withoutTerminal(end);
    }

    /** A log without an end is a damaged one then; where the status is gone nothing will be added. */
    private boolean isSettled() throws IOException {
        try {
            long since = Files.getLastModifiedTime(files.status()).toMillis();
            return Math.abs(System.currentTimeMillis() - since) > SETTLED_MILLIS;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private void reopen() throws IOException {
        try {
            EventLogReader current = new EventLogReader(files.events());
            reader.close();
            reader = current;
        } catch (NoSuchFileException e) {
            // Deleted: what is open can still be read to its end.
            available = Math.max(available, reader.recordEndAtOrBelow(reader.length()));
        }
    }

    private long withoutTerminal(long end) throws IOException {
        byte[] last = new byte[EventFormat.terminalLength(end)];
        long start = end - last.length;
        return start >= 0 && EventFormat.isTerminal(last, reader.read(start, last, last.length), start) ? start : end;
    }

    @Override
    public int read(long offset, byte[] into, int most) throws IOException {
        return reader.read(offset, into, (int) Math.min(most, available - offset));
    }

    @Override
    public long transfer(long offset, long most, WritableByteChannel target) throws IOException {
        return reader.transfer(offset, Math.min(most, available - offset), target);
    }

    @Override
    public long goodCursor(long offset) throws IOException {
        return reader.recordEndAtOrBelow(Math.min(offset, available));
    }

    @Override
    public void await() {
        LockSupport.parkNanos(this, pauseNanos);
        pauseNanos = Math.min(LONGEST_NANOS, pauseNanos * 3 / 2);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
