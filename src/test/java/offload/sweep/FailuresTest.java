package offload.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import offload.testing.LoggedLines;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final LoggedLines lines = LoggedLines.of(Failures.class);
    private final AtomicLong nanos = new AtomicLong();
    private final Failures failures = new Failures("w", nanos::get);

    @AfterEach
    void listenNoMore() {
        lines.close();
    }

    @Test
    void what_fails_with_every_round_leaves_one_line() {
        AtomicInteger rounds = new AtomicInteger();
        Rounds failing = new Rounds("failing", 1, () -> {
            rounds.incrementAndGet();
            throw new IOException("Input/output error");
        });
        try (failing) {
            Until.holds("many rounds", () -> rounds.get() > 20);
        }
        assertEquals(List.of("failing: java.io.IOException: Input/output error"), lines.all());
    }

    @Test
    void the_same_cause_on_another_file_is_told_again_after_a_minute_with_how_often_it_came() {
        failures.failed(new FileSystemException("draft-1", null, "Input/output error"));
        failures.failed(new FileSystemException("draft-2", null, "Input/output error"));
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        failures.failed(new FileSystemException("draft-3", null, "Input/output error"));
        assertEquals(
                List.of(
                        "w: java.nio.file.FileSystemException: draft-1: Input/output error",
                        "w: java.nio.file.FileSystemException: draft-3: Input/output error, after 1 more of the last"
                                + " cause"),
                lines.all());
    }

    @Test
    void another_cause_is_told_at_once_and_so_is_that_it_works_again() {
        failures.failed(new IOException("a"));
        failures.failed(new IOException("b"));
        failures.failed(new IOException("b"));
        failures.worked();
        failures.worked();
        failures.failed(new IOException("b"));
        assertEquals(
                List.of(
                        "w: java.io.IOException: a",
                        "w: java.io.IOException: b",
                        "w: works again, after 1 more of the last cause",
                        "w: java.io.IOException: b"),
                lines.all());
    }
}
