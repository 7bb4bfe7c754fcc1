package offload.eventlog;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The tail of a log whose turn runs in this process: its doorbell wakes the reader, without any time limit. The file is
 * open only while there is something to read, so that waiting costs no descriptor.
 */
public final class LiveTail implements EventTail {
    private final EventLog log;
    private final Thread thread = Thread.currentThread();
    private @Nullable EventLogReader reader;
    private boolean waking;

    /** The log, for the calling thread. */
    public LiveTail(EventLog log) {
        this.log = log;
    }

    /** The log itself, which a reader that has everything can follow. */
    public EventLog log() {
        return log;
    }

    @Override
    public boolean hasEnded() {
        return log.hasEnded();
    }

    @Override
    public boolean isBrokenOff() {
        return log.isBrokenOff();
    }

    @Override
    public long available() {
        return log.published();
    }

    @Override
    public int read(long offset, byte[] into, int most) throws IOException {
        return reader().read(offset, into, (int) Math.min(most, log.published() - offset));
    }

    @Override
    public long transfer(long offset, long most, WritableByteChannel target) throws IOException {
        return reader().transfer(offset, Math.min(most, log.published() - offset), target);
    }

    @Override
    public long goodCursor(long offset) throws IOException {
        long reachable = Math.min(offset, log.published());
        return reachable == 0 ? 0 : reader().recordEndAtOrBelow(reachable);
    }

    private EventLogReader reader() throws IOException {
        EventLogReader open = reader;
        if (open == null) {
            open = new EventLogReader(log.file());
            reader = open;
        }
        return open;
    }

    @Override
    public void await() throws IOException {
        closeFile();
        if (waking) {
            LockSupport.park(this);
        } else {
            // The first time only: whoever waits looks again before it parks, so nothing is missed in between.
            waking = true;
            log.wake(thread);
        }
    }

    /** Closes the file until there is something to read again. */
    public void closeFile() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    @Override
    public void close() throws IOException {
        log.forget(thread);
        closeFile();
    }
}
