package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
    private static final Instant BEGUN = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void eight_tries_are_made_with_growing_waits() {
        RetrySchedule schedule = new RetrySchedule(() -> 0);
        List<Duration> waits = new ArrayList<>();
        Instant now = BEGUN;
        int tries = 1;
        for (Instant next = schedule.next(tries, BEGUN, now, null); next != null; ) {
            waits.add(Duration.between(now, next));
            now = next;
            next = schedule.next(++tries, BEGUN, now, null);
        }
        assertEquals(
                List.of("PT5S", "PT1M", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H"),
                waits.stream().map(Duration::toString).toList());
        assertEquals(8, tries);
    }

    @Test
    void jitter_lengthens_a_wait_by_at_most_a_tenth() {
        assertEquals(BEGUN.plusSeconds(66), new RetrySchedule(() -> 1).next(2, BEGUN, BEGUN, null));
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            Instant next = new RetrySchedule(random::nextDouble).next(2, BEGUN, BEGUN, null);
            Duration wait = Duration.between(BEGUN, Objects.requireNonNull(next));
            assertTrue(wait.compareTo(Duration.ofSeconds(60)) >= 0 && wait.compareTo(Duration.ofSeconds(66)) <= 0);
        }
    }

    @Test
    void all_tries_are_made_within_a_day() {
        RetrySchedule schedule = new RetrySchedule(() -> 1);
        Instant now = BEGUN;
        for (int tries = 1; tries < 8; tries++) {
            now = Objects.requireNonNull(schedule.next(tries, BEGUN, now.plusSeconds(15), null));
        }
        assertTrue(now.isBefore(BEGUN.plus(Duration.ofDays(1))));
    }

    @Test
    void the_receivers_wish_lengthens_a_wait_and_never_shortens_it() {
        RetrySchedule schedule = new RetrySchedule(() -> 0);
        assertEquals(BEGUN.plusSeconds(90), schedule.next(1, BEGUN, BEGUN, BEGUN.plusSeconds(90)));
        assertEquals(BEGUN.plusSeconds(5), schedule.next(1, BEGUN, BEGUN, BEGUN.plusSeconds(1)));
    }

    @Test
    void a_wish_beyond_the_day_gets_the_last_try_at_its_end() {
        RetrySchedule schedule = new RetrySchedule(() -> 0);
        Instant end = BEGUN.plus(Duration.ofDays(1));
        assertEquals(end, schedule.next(1, BEGUN, BEGUN, BEGUN.plus(Duration.ofDays(3))));
        assertNull(schedule.next(2, BEGUN, end, null));
    }

    @ParameterizedTest
    @CsvSource({
        "120, 2026-11-23T10:02:00Z",
        "86400, 2026-11-24T10:00:00Z",
        "' 0 ', 2026-11-23T10:00:00Z",
        "'Mon, 23 Nov 2026 11:00:00 GMT', 2026-11-23T11:00:00Z",
        "'Monday, 23-Nov-26 11:00:00 GMT', 2026-11-23T11:00:00Z",
        "'Mon Nov 23 11:00:00 2026', 2026-11-23T11:00:00Z",
        "'Tue Dec  1 11:00:00 2026', 2026-12-01T11:00:00Z",
    })
    void retry_after_is_seconds_or_a_date_in_each_form_of_http(String field, Instant expected) {
        assertEquals(expected, RetryAfter.parse(field, BEGUN));
    }

    @ParameterizedTest
    @CsvSource({"9999999999", "999999999999999999", "99999999999999999999999999"})
    void a_retry_after_beyond_all_times_gets_the_last_try_at_the_end_of_the_day(String field) {
        RetrySchedule schedule = new RetrySchedule(() -> 0);
        Instant never = RetryAfter.parse(field, BEGUN);
        assertEquals(BEGUN.plus(Duration.ofDays(1)), schedule.next(1, BEGUN, BEGUN, never));
    }

    @ParameterizedTest
    @CsvSource({"-5", "soon", "1.5", "2026-11-23"})
    void a_retry_after_that_is_neither_counts_as_none(String field) {
        assertNull(RetryAfter.parse(field, BEGUN));
        assertNull(RetryAfter.parse(null, BEGUN));
    }
}
