package offload.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time by which waits are measured: it goes on as long as the machine does, wherever the wall clock is set. Where that
 * is set forward, or the machine slept, it goes along, for what is due by either is due. Any thread.
 */
final class SteadyClock {
    private final InstantSource wall;
    private final LongSupplier nanos;
    private final Instant begun;
    private final long begunNanos;
    private Instant last;
    private long lastNanos;

    /**
     * Begins as the wall clock stands.
     *
     * @param nanos goes on evenly, as {@link System#nanoTime}
     */
    SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        begun = wall.instant();
        begunNanos = nanos.getAsLong();
        last = begun;
        lastNanos = begunNanos;
    }

    /** The clock on the wall, for what others are told. */
    InstantSource wall() {
        return wall;
    }

    /** Never earlier than the time before. */
    synchronized Instant now() {
        long now = nanos.getAsLong();
        Instant gone = last.plusNanos(now - lastNanos);
        Instant shown = wall.instant();
        last = shown.isAfter(gone) ? shown : gone;
        lastNanos = now;
        return last;
    }

    /** What the wall clock, as it is set now, calls {@code moment}. */
    Instant of(Instant moment) {
        return now().plus(Duration.between(wall.instant(), moment));
    }

    /** The time without what the wall clock was set by, and without what the machine slept: by it nothing lasts longer than it did. */
    Instant awake() {
        return begun.plusNanos(nanos.getAsLong() - begunNanos);
    }
}
