package offload.sweep;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The one timer of a server. Everything that is due at some time (deadlines, heartbeats, stalled connections) is looked
 * at from here every 100 ms, so that no thread on the path of a token ever waits with a time limit: a timed wait costs a
 * wake-up of another thread each time.
 *
 * <p>Tasks must not block: they look at fields and wake others. Any thread may add a task.
 */
public final class Sweeper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Sweeper.class.getName());
    private static final long TICK_NANOS = 100_000_000;

    private final List<Task> tasks = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /** Starts sweeping. */
    public Sweeper() {
        thread = Thread.ofPlatform().name("sweeper").daemon().start(this::sweep);
    }

    /** Runs {@code work} about every {@code periodMillis} (at least the sweeper's 100 ms) until this is closed. */
    public void every(long periodMillis, Runnable work) {
        tasks.add(new Task(periodMillis * 1_000_000 - TICK_NANOS / 2, work));
    }

    private void sweep() {
        while (!closed) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            tasks.forEach(task -> task.runIfDue(now));
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private static final class Task {
        private final long periodNanos;
        private final Runnable work;
        private long lastNanos = System.nanoTime();

        Task(long periodNanos, Runnable work) {
            this.periodNanos = periodNanos;
            this.work = work;
        }

        void runIfDue(long now) {
            if (now - lastNanos < periodNanos) {
                return;
            }
            lastNanos = now;
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "a sweep failed: " + e);
            }
        }
    }
}
