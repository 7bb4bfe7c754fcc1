package offload.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often status files are rewritten. */
class StatusUpdaterTest {

    @Test
    void a_few_turns_have_theirs_rewritten_every_two_seconds() {
        assertEquals(Duration.ofSeconds(2).toNanos(), StatusUpdater.pace(1, 2_000));
        assertEquals(Duration.ofSeconds(2).toNanos(), StatusUpdater.pace(200, 400_000));
    }

    @ParameterizedTest
    @CsvSource({"300, 3", "500, 5", "501, 5", "100000, 5"})
    void many_turns_share_the_rewrites_of_a_second_and_each_has_its_own_every_five_at_the_latest(
            int running, int seconds) {
        assertEquals(Duration.ofSeconds(seconds).toNanos(), StatusUpdater.pace(running, 2_000L * running));
    }

    @ParameterizedTest
    @CsvSource({"40, 2", "80, 4", "1000, 5"})
    void large_ones_share_twenty_megabytes_a_second_and_each_has_its_own_every_five_seconds_at_the_latest(
            int megabytes, int seconds) {
        assertEquals(Duration.ofSeconds(seconds).toNanos(), StatusUpdater.pace(10, megabytes * 1_000_000L));
    }
}
