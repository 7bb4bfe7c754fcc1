package offload.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import offload.testing.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLimitsTest {
    private final SetClock clock = new SetClock("2026-11-23T10:00:00Z");

    @TempDir
    private Path data;

    @Test
    void a_quota_ends_with_the_month_and_says_when() throws Exception {
        clock.set(Instant.parse("2026-11-30T23:59:30.500Z"));
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", 2L, null).text();
            Admission.Admitted first = assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            assertEquals("2", first.headers().get("X-RateLimit-Requests-Limit"));
            assertEquals("1", first.headers().get("X-RateLimit-Requests-Remaining"));
            assertEquals("30", first.headers().get("X-RateLimit-Requests-Reset"));
            assertEquals("1", first.headers().get("X-RateLimit-Remaining"));
            assertEquals("\"quota\";q=2;w=2592000", first.headers().get("RateLimit-Policy"));
            assertEquals("\"quota\";r=1;t=30", first.headers().get("RateLimit"));
            assertFalse(first.headers().containsKey("Retry-After"));
            keys.admit(text);
            Admission.OverQuota over = assertInstanceOf(Admission.OverQuota.class, keys.admit(text));
            assertEquals("30", over.headers().get("Retry-After"));
            assertEquals("0", over.headers().get("X-RateLimit-Requests-Remaining"));
            clock.set(Instant.parse("2026-11-30T23:59:59.999900Z"));
            Admission.OverQuota still = assertInstanceOf(Admission.OverQuota.class, keys.admit(text));
            assertEquals("1", still.headers().get("Retry-After"), "0 would be: at once");
            clock.set(Instant.parse("2026-12-01T00:00:00Z"));
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
        }
    }

    @Test
    void a_rate_holds_for_any_sixty_seconds_and_says_when_the_next_is_free() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, 2).text();
            Admission.Admitted first = assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            assertEquals("2", first.headers().get("X-RateLimit-Limit"));
            assertEquals("1", first.headers().get("X-RateLimit-Remaining"));
            assertEquals("60", first.headers().get("X-RateLimit-Reset"));
            assertEquals("\"rate\";q=2;w=60", first.headers().get("RateLimit-Policy"));
            clock.pass(Duration.ofSeconds(20));
            keys.admit(text);
            clock.pass(Duration.ofSeconds(39));
            Admission.OverRate over = assertInstanceOf(Admission.OverRate.class, keys.admit(text));
            assertEquals("1", over.headers().get("Retry-After"));
            assertEquals("\"rate\";r=0;t=1", over.headers().get("RateLimit"));
            clock.pass(Duration.ofSeconds(1));
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            assertInstanceOf(Admission.OverRate.class, keys.admit(text));
        }
    }

    @Test
    void both_limits_are_told_side_by_side() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", 10L, 2).text();
            Map<String, String> headers =
                    assertInstanceOf(Admission.Admitted.class, keys.admit(text)).headers();
            assertEquals("\"quota\";q=10;w=2592000, \"rate\";q=2;w=60", headers.get("RateLimit-Policy"));
            assertEquals("10", headers.get("X-RateLimit-Requests-Limit"));
            assertEquals("2", headers.get("X-RateLimit-Limit"));
        }
    }

    @Test
    void what_is_refused_by_one_limit_does_not_count_for_the_other() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", 2L, 1).text();
            keys.admit(text);
            assertInstanceOf(Admission.OverRate.class, keys.admit(text));
            clock.pass(Duration.ofMinutes(1));
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            clock.pass(Duration.ofMinutes(1));
            assertInstanceOf(Admission.OverQuota.class, keys.admit(text));
        }
    }

    @Test
    void an_undone_request_counts_neither_for_the_quota_nor_for_the_rate() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", 1L, 1).text();
            Admission.Admitted admitted = assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            admitted.undo();
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            assertInstanceOf(Admission.OverRate.class, keys.admit(text));
        }
    }

    @Test
    void a_request_that_is_undone_twice_takes_no_other_out_of_the_count() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String rate = operator().create(keys, "rate", null, 1).text();
            String quota = operator().create(keys, "quota", 1L, null).text();
            for (String text : List.of(rate, quota)) {
                Admission.Admitted admitted = assertInstanceOf(Admission.Admitted.class, keys.admit(text));
                admitted.undo();
                assertInstanceOf(Admission.Admitted.class, keys.admit(text));
                admitted.undo();
            }
            assertInstanceOf(Admission.OverRate.class, keys.admit(rate));
            assertInstanceOf(Admission.OverQuota.class, keys.admit(quota));
        }
    }

    /** Its upload may have taken its time: by its own clock those after it would be of the future, as where that was set back. */
    @Test
    void a_request_that_is_undone_late_takes_none_that_came_after_it_out_of_the_count() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, 2).text();
            Admission.Admitted slow = assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            clock.pass(Duration.ofSeconds(10));
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            assertEquals("1", slow.undo().get("X-RateLimit-Remaining"));
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            assertInstanceOf(Admission.OverRate.class, keys.admit(text));
        }
    }

    @Test
    void exactly_as_many_as_the_quota_are_admitted_whoever_asks_at_once() throws Exception {
        try (ServiceKeys keys = node("a");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String text = operator().create(keys, "one", 500L, null).text();
            Callable<Boolean> ask = () -> keys.admit(text) instanceof Admission.Admitted;
            List<Future<Boolean>> answers =
                    IntStream.range(0, 2000).mapToObj(i -> threads.submit(ask)).toList();
            long admitted = 0;
            for (Future<Boolean> answer : answers) {
                admitted += answer.get() ? 1 : 0;
            }
            assertEquals(500, admitted);
            keys.flush();
            UsageFolder usage = new UsageFolder(data.resolve("keys"));
            assertEquals(500L, usage.months(KeyText.prefixOf(text)).get(YearMonth.of(2026, 11)));
        }
    }

    /** In a burst the clock goes on while one request stands in line behind another. */
    @Test
    void exactly_as_many_as_the_rate_are_admitted_whoever_asks_at_once() throws Exception {
        AtomicLong millis = new AtomicLong(clock.instant().toEpochMilli());
        InstantSource goesOn = () -> Instant.ofEpochMilli(millis.getAndIncrement());
        try (ServiceKeys keys = new ServiceKeys(data.resolve("keys"), "a", goesOn);
                ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int round = 0; round < 50; round++) {
                String text = operator().create(keys, "one", null, 10).text();
                Callable<Boolean> ask = () -> keys.admit(text) instanceof Admission.Admitted;
                long admitted = 0;
                for (Future<Boolean> answer : threads.invokeAll(Collections.nCopies(200, ask))) {
                    admitted += answer.get() ? 1 : 0;
                }
                assertEquals(10, admitted);
            }
        }
    }

    @Test
    void a_clock_that_is_set_back_does_not_lock_a_key_out() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, 1).text();
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            clock.set(Instant.parse("2026-11-23T08:00:00Z"));
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
        }
    }

    private Operator operator() {
        return new Operator(data, clock);
    }

    private ServiceKeys node(String name) throws IOException {
        return new ServiceKeys(data.resolve("keys"), name, clock);
    }
}
