package offload.sweep;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;

/**
 * Work that comes round again and may block, such as looking at files: a thread of its own, one round after another, with
 * a pause in between. A round that fails is logged, and the next one comes all the same.
 */
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Rounds.class.getName());

    private final String name;
    private final long pauseNanos;
    private final Work work;
    private final Thread thread;
    private volatile boolean closed;

    /** One round. */
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }

    /** Starts at once; {@code pauseMillis} lie between the end of a round and the start of the next. */
    public Rounds(String name, long pauseMillis, Work work) {
        this.name = name;
        this.pauseNanos = pauseMillis * 1_000_000;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
    }

    private void loop() {
        while (!closed) {
            try {
                work.run();
            } catch (Exception | Error e) {
                LOG.log(Level.WARNING, name + ": " + e);
            }
            if (!closed) {
                LockSupport.parkNanos(pauseNanos);
            }
        }
    }

    /** Begins the next round now. */
    public void hurry() {
        LockSupport.unpark(thread);
    }

    /** No more rounds; waits for the one that is under way, unless called from within it. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() != thread) {
            try {
                thread.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
