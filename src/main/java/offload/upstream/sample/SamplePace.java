package offload.upstream.sample;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * When tokens are due: the first after a while of thinking, the others one by one. Counted from the start, so that it does not
 * drift. One thread.
 */
final class SamplePace {
    private static final int THINKING = 12;

    private final long perToken;
    private final long start = System.nanoTime();

    SamplePace(Duration perToken) {
        this.perToken = perToken.toNanos();
    }

    /** Waits until the token of this number, from 0, is due; an interrupt ends the waiting. */
    void awaitToken(int number) {
        long due = start + (THINKING + number) * perToken;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
