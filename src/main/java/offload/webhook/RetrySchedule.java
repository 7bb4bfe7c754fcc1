package offload.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the next try is due: at once, then after 5 s, 1 min, 5 min, 30 min, 2 h, 5 h and 10 h, eight tries within a day,
 * as Standard Webhooks recommends. Each wait is lengthened by up to a tenth at random, so that receivers who come back
 * are not met by everybody at once, and never shortened. A receiver's {@code Retry-After} lengthens it further, up to the
 * end of the day.
 */
final class RetrySchedule {
    /** What passes between one try and the next. */
    static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10));

    /** Within which all tries are made. */
    static final Duration DAY = Duration.ofDays(1);

    private static final double JITTER = 0.1;

    private final DoubleSupplier random;

    /** A schedule that takes its jitter from {@code random}, which gives numbers from 0 to 1. */
    RetrySchedule(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * When to try again after the {@code tries}-th try failed at {@code now}; null if that was the last one.
     *
     * @param begun when the first of these tries was due
     * @param notBefore what the receiver asked for
     */
    @Nullable
    Instant next(int tries, Instant begun, Instant now, @Nullable Instant notBefore) {
        Instant end = begun.plus(DAY);
        if (tries > WAITS.size() || !now.isBefore(end)) {
            return null;
        }
        Duration wait = WAITS.get(tries - 1);
        Instant next = now.plus(wait).plusMillis((long) (wait.toMillis() * JITTER * random.getAsDouble()));
        if (notBefore != null && notBefore.isAfter(next)) {
            next = notBefore;
        }
        return next.isAfter(end) ? end : next;
    }
}
