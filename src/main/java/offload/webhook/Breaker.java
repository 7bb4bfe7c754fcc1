package offload.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Spares a receiver that does not answer, and the server's own connections: after {@value #MOST_FAILURES} calls in a row
 * without an answer there is only a single call now and then, until one is answered. An answer of any status counts as
 * life. Guarded by the lock of {@link Lanes}.
 */
final class Breaker {
    static final int MOST_FAILURES = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final int LONGEST_DOUBLING = 3;

    private int failures;
    private @Nullable Instant probeAt;

    /** How many calls may be in flight at once, given {@code most} in good times. */
    int permits(int most, Instant now) {
        if (probeAt == null) {
            return most;
        }
        return now.isBefore(probeAt) ? 0 : 1;
    }

    /** A call is over. */
    void ended(boolean answered, Instant now) {
        if (answered) {
            reset();
            return;
        }
        failures++;
        if (failures >= MOST_FAILURES) {
            int doublings = Math.min(failures - MOST_FAILURES, LONGEST_DOUBLING);
            probeAt = now.plus(FIRST_PAUSE.multipliedBy(1L << doublings));
        }
    }

    /** Back to good times. */
    void reset() {
        failures = 0;
        probeAt = null;
    }
}
