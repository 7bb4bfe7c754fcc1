package offload.webhook.call;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines();

    /** Else it hits what is done next: the record of the try, and the outbox. */
    @Test
    void the_interrupt_of_who_was_late_is_taken_back_with_the_deadline() {
        try (Deadlines.Deadline late = deadlines.start(Duration.ZERO)) {
            deadlines.interruptLate();
            assertTrue(late.passed());
            assertTrue(Thread.currentThread().isInterrupted());
        }
        assertFalse(Thread.interrupted());
    }

    @Test
    void who_was_done_in_time_is_not_interrupted_later() {
        deadlines.start(Duration.ZERO).close();
        deadlines.interruptLate();
        assertFalse(Thread.interrupted());
    }

    @Test
    void an_interrupt_of_somebody_elses_stays() {
        try (Deadlines.Deadline deadline = deadlines.start(Duration.ofHours(1))) {
            deadlines.interruptLate();
            assertFalse(deadline.passed());
            Thread.currentThread().interrupt();
        }
        assertTrue(Thread.interrupted());
    }
}
