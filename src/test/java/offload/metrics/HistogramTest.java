package offload.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HistogramTest {

    /** As Prometheus has it: {@code le} is "less than or equal", and each bucket has all of those before it. */
    @Test
    void what_took_just_as_long_as_a_bound_is_within_it_and_within_all_that_follow() {
        Histogram histogram = new Histogram("wait_seconds", "Waits.", 0.5, 1);
        histogram.observeNanos(TimeUnit.MILLISECONDS.toNanos(500));
        histogram.observeNanos(TimeUnit.MILLISECONDS.toNanos(1_000));
        histogram.observeNanos(TimeUnit.MILLISECONDS.toNanos(1_500));
        StringBuilder out = new StringBuilder();
        histogram.render(out);
        assertEquals("""
                # HELP wait_seconds Waits.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="0.5"} 1
                wait_seconds_bucket{le="1"} 2
                wait_seconds_bucket{le="+Inf"} 3
                wait_seconds_sum 3
                wait_seconds_count 3
                """, out.toString());
    }
}
