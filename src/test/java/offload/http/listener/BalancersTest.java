package offload.http.listener;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import offload.testing.Until;
import org.junit.jupiter.api.Test;

/** How long a server that drains keeps its port for who sends requests there. */
class BalancersTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Balancers balancers = new Balancers();

    @Test
    void where_nobody_asks_nobody_is_waited_for() {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> balancers.awaitTold(LONG));
    }

    /** What he sent before he had the first answer has come by then. */
    @Test
    void who_asks_is_waited_for_until_he_asks_again_after_he_was_told() throws Exception {
        balancers.asked(false);
        balancers.asked(true);
        FutureTask<Void> told = new FutureTask<>(() -> {
            balancers.awaitTold(LONG);
            return null;
        });
        Thread waiting = Thread.ofPlatform().daemon().start(told);
        Until.holds("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
        balancers.asked(true);
        told.get();
    }
}
