package offload.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import offload.testing.SetClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyMeterTest {
    private final SetClock clock = new SetClock("2026-11-23T10:00:00Z");

    /** Nobody would look at them, and take them out again when their minute is over: they would be kept for ever. */
    @Test
    void of_a_key_without_a_rate_the_times_of_its_requests_are_not_kept() {
        KeyMeter meter = new KeyMeter("ofl_a");
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(Admission.Admitted.class, meter.admit(key(null), clock));
        }
        Admission.Admitted first = assertInstanceOf(Admission.Admitted.class, meter.admit(key(2), clock));
        assertEquals("1", first.headers().get("X-RateLimit-Remaining"));
    }

    private ServiceKey key(@Nullable Integer rate) {
        return new ServiceKey("name", "ofl_a", "0".repeat(64), clock.instant(), null, rate);
    }
}
