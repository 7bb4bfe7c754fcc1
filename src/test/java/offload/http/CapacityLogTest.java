package offload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import offload.testing.LoggedLines;
import offload.turn.ApiError;
import org.junit.jupiter.api.Test;

class CapacityLogTest {
    private final AtomicLong nanos = new AtomicLong();
    private final CapacityLog log = new CapacityLog(nanos::get);

    @Test
    void an_operator_is_told_once_a_minute_of_what_there_is_too_little() {
        assertEquals(
                List.of(
                        "refused as too_many_turns, which is told once a minute: Too many turns.",
                        "refused as too_many_connections, which is told once a minute: Too many connections.",
                        "refused as too_many_turns, which is told once a minute: Too many turns."),
                logged(() -> {
                    log.refused(ApiError.TOO_MANY_TURNS, "Too many turns.");
                    log.refused(ApiError.TOO_MANY_TURNS, "Too many turns.");
                    log.refused(ApiError.TOO_MANY_CONNECTIONS, "Too many connections.");
                    log.refused(ApiError.NOT_FOUND, "There is nothing here.");
                    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
                    log.refused(ApiError.TOO_MANY_TURNS, "Too many turns.");
                }));
    }

    private static List<String> logged(Runnable work) {
        try (LoggedLines lines = LoggedLines.of(CapacityLog.class)) {
            work.run();
            return lines.all();
        }
    }
}
