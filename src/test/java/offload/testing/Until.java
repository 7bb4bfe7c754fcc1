package offload.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition, never for a time: the one place in the tests that polls. An assertion error after the limit. */
public final class Until {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 2_000_000;

    private Until() {}

    /** Waits until {@code condition} holds; {@code what} names it in the failure. */
    public static void holds(String what, Callable<Boolean> condition) {
        present(what, () -> condition.call() ? Boolean.TRUE : null);
    }

    /** Waits until {@code source} gives something, and returns it. */
    public static <T> T present(String what, Callable<@Nullable T> source) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            T found = call(what, source);
            if (found != null) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static <T> @Nullable T call(String what, Callable<@Nullable T> source) {
        try {
            return source.call();
        } catch (Exception e) {
            throw new AssertionError("failed while waiting for: " + what, e);
        }
    }
}
