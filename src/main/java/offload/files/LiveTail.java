package offload.files;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** The tail of a log whose turn runs in this process: its doorbell wakes the reader, without any time limit. */
public final class LiveTail implements EventTail {
    private final EventLog log;
    private final EventLogReader reader;
    private final Thread thread = Thread.currentThread();

    /** Opens the log for the calling thread. */
    public LiveTail(EventLog log) throws IOException {
        this.log = log;
        this.reader = new EventLogReader(log.file());
        log.wake(thread);
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
        return reader.read(offset, into, (int) Math.min(most, log.published() - offset));
    }

    @Override
    public long goodCursor(long offset) throws IOException {
        return reader.recordEndAtOrBelow(Math.min(offset, log.published()));
    }

    @Override
    public void await() {
        LockSupport.park(this);
    }

    @Override
    public void close() throws IOException {
        log.forget(thread);
        reader.close();
    }
}
