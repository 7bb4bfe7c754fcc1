package offload.engine;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import offload.turn.ApiError;
import offload.turn.ApiException;

/**
 * The memory that documents of one kind take while they are read, put together or wait to be taken: a part of the heap for all
 * of them, so that however many large conversations come at once none ends the server. Who finds none waits a moment, and is
 * refused then; one that is larger than all there is goes alone. Small ones need none. Any thread.
 */
public final class DocumentMemory {
    /** How much of it a document takes, for each of its bytes, from the body of a request to a turn that runs. */
    public static final int SUBMISSION = 8;

    /** What is smaller takes less than the connection it comes on: it neither waits for large ones nor counts. */
    private static final int SMALL = 16 * 1024;

    private static final int UNIT = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Duration patience;
    private final int units;
    private final Semaphore free;

    /** With so many sixteenths of this process's heap. */
    DocumentMemory(int sixteenths) {
        this(Runtime.getRuntime().maxMemory() / 16 * sixteenths, PATIENCE);
    }

    /** With {@code bytes} of memory, for which one waits as long as {@code patience}. */
    DocumentMemory(long bytes, Duration patience) {
        this.patience = patience;
        units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
        free = new Semaphore(units);
    }

    /**
     * Refuses what would need twice as much as there is for all of them: even alone it would end the server.
     *
     * @throws ApiException with 413
     */
    public void requireFits(long bytes) {
        if (bytes / UNIT > 2L * units) {
            throw new ApiException(
                    ApiError.BODY_TOO_LARGE,
                    "The conversation is too large for the memory of this server: send a shorter history.");
        }
    }

    /**
     * Takes {@code bytes} of it, and waits some seconds for them.
     *
     * @throws ApiException with {@code refusal} where there are none then
     */
    public Hold hold(long bytes, ApiError refusal) {
        int wanted = wanted(bytes);
        if (!waitFor(wanted)) {
            throw refused(refusal);
        }
        return new Hold(wanted);
    }

    /** The same, but waits for as long as it takes: for what must be done, and where nobody keeps his for others. */
    Hold await(long bytes) {
        int wanted = wanted(bytes);
        free.acquireUninterruptibly(wanted);
        return new Hold(wanted);
    }

    /** How many bytes nobody has. */
    long left() {
        return (long) free.availablePermits() * UNIT;
    }

    private int units(long bytes) {
        return Math.clamp(Math.ceilDiv(bytes, UNIT), 0, units);
    }

    private int wanted(long bytes) {
        return bytes <= SMALL ? 0 : units(bytes);
    }

    private boolean waitFor(int wanted) {
        if (free.tryAcquire(wanted)) {
            return true;
        }
        boolean interrupted = Thread.interrupted();
        try {
            return free.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ApiException refused(ApiError refusal) {
        return new ApiException(
                        refusal, "Other large conversations take the memory there is for them: repeat it in a moment.")
                .with("Retry-After", "5")
                .with("Cache-Control", "no-store");
    }

    /** A part of it, given back by closing it, once or several times. Any thread. */
    public final class Hold implements AutoCloseable {
        private final AtomicInteger held;

        private Hold(int held) {
            this.held = new AtomicInteger(held);
        }

        /** Takes {@code bytes} in all, in place of what it has; like {@link DocumentMemory#hold}. */
        void become(long bytes, ApiError refusal) {
            // What is kept while more is waited for would keep others from ever giving theirs back.
            close();
            requireFits(bytes);
            int wanted = wanted(bytes);
            if (!waitFor(wanted)) {
                throw refused(refusal);
            }
            held.set(wanted);
        }

        /** Gives back what it has more than {@code bytes}. */
        void shrink(long bytes) {
            int kept = units(bytes);
            int before = held.getAndUpdate(now -> Math.min(now, kept));
            free.release(Math.max(0, before - kept));
        }

        /** Gives {@code bytes} of it, or what it has, to another, which is returned. */
        Hold split(long bytes) {
            int wanted = units(bytes);
            int before = held.getAndUpdate(now -> now - Math.min(now, wanted));
            return new Hold(Math.min(before, wanted));
        }

        @Override
        public void close() {
            free.release(held.getAndSet(0));
        }
    }
}
