package offload.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is set. Any thread may read and set it. */
public final class SetClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public SetClock(String instant) {
        now = new AtomicReference<>(Instant.parse(instant));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    public void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
