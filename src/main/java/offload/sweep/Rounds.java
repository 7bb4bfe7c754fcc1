package offload.sweep;

import java.util.concurrent.locks.LockSupport;

/**
 * Work that comes round again and may block, such as looking at files: a thread of its own, one round after another, with
 * a pause in between. A round that fails is told of, and the next one comes all the same.
 */
public final class Rounds implements AutoCloseable {
    private final long pauseNanos;
    private final Work work;
    private final Failures failures;
    private final Thread thread;
    private volatile boolean closed;

    /** One round. */
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }

    /** Starts at once; {@code pauseMillis} lie between the end of a round and the start of the next. */
    public Rounds(String name, long pauseMillis, Work work) {
        this.failures = new Failures(name);
        this.pauseNanos = pauseMillis * 1_000_000;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
    }

    private void loop() {
        while (!closed) {
            try {
                work.run();
                failures.worked();
            } catch (Exception | Error e) {
                failures.failed(e);
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
