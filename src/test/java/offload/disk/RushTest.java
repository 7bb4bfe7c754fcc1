package offload.disk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RushTest {
    private final AtomicLong clock = new AtomicLong(-7);
    private final Rush rush = new Rush(4, 100, clock::get);

    private boolean after(long pause) {
        clock.addAndGet(pause);
        return rush.goesOn();
    }

    @Test
    void the_call_that_makes_them_many_belongs_to_the_rush_and_so_do_those_that_follow_soon() {
        assertFalse(after(0));
        assertFalse(after(33));
        assertFalse(after(33));
        assertTrue(after(33));
        assertTrue(after(33));
    }

    @Test
    void calls_with_pauses_are_no_rush_however_many_they_are() {
        for (int i = 0; i < 20; i++) {
            assertFalse(after(34), "call " + i);
        }
    }

    @Test
    void a_rush_is_over_after_a_pause() {
        for (int i = 0; i < 10; i++) {
            rush.goesOn();
        }
        assertFalse(after(100));
        assertFalse(after(1));
        assertFalse(after(1));
        assertTrue(after(1));
    }
}
