package offload.webhook;

import java.util.concurrent.Semaphore;

/**
 * Bounds the memory that statuses and bodies in flight take, in all, to 64 MiB or an eighth of the heap, whichever is
 * more. One that is larger than that is sent alone. Any thread may call it.
 */
final class BodyBudget {
    private static final int UNIT = 1024;
    private static final long LEAST = 64L << 20;
    private static final int GROWTH = 4;

    private final int units = (int) Math.min(
            Integer.MAX_VALUE, Math.max(LEAST, Runtime.getRuntime().maxMemory() / 8) / UNIT);
    private final Semaphore free = new Semaphore(units, true);

    /** A part of the budget, given back by closing it. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits until there is room for a status of {@code bytes} and the body made from it. */
    Share take(long bytes) throws InterruptedException {
        int share = (int) Math.min(units, bytes / UNIT * GROWTH + 1);
        free.acquire(share);
        return () -> free.release(share);
    }
}
