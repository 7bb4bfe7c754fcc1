package offload.http.stream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import offload.sweep.Sweeper;
import offload.testing.Until;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final long SILENCE_MILLIS = 15_000;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong published = new AtomicLong();

    /** Turns write to who waits by themselves: else each of their readers got comments between the events as well. */
    @Test
    void what_another_thread_has_sent_puts_the_comment_off() {
        try (Sweeper sweeper = new Sweeper()) {
            Heartbeats heartbeats = new Heartbeats(sweeper, SILENCE_MILLIS, nanos::get);
            try (Heartbeats.Beat beat = heartbeats.begin(published::get)) {
                nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS));
                assertTrue(beat.isDue());
                published.incrementAndGet();
                Until.holds("the look at what was sent", () -> !beat.isDue());
                nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS));
                assertTrue(beat.isDue());
                beat.sent();
                assertFalse(beat.isDue());
            }
        }
    }
}
