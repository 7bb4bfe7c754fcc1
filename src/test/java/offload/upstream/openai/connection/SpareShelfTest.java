package offload.upstream.openai.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpareShelfTest {
    private static final long SECOND = 1_000_000_000L;

    private final SpareShelf shelf = new SpareShelf(4, 20 * SECOND, 0);

    private StubConnection put(long now) {
        StubConnection connection = new StubConnection(false);
        shelf.opened(connection, now);
        return connection;
    }

    @Test
    void one_call_makes_one_spare_due_and_no_second_while_it_is_on_its_way() {
        assertEquals(1, shelf.call(0));
        assertEquals(0, shelf.second(SECOND));
        put(SECOND);
        assertEquals(0, shelf.second(2 * SECOND));
        assertEquals(1, shelf.size());
    }

    @Test
    void a_taken_one_is_replaced_at_the_call_it_is_taken_for() {
        shelf.call(0);
        StubConnection spare = put(0);
        shelf.second(SECOND);
        assertSame(spare, shelf.take(SECOND));
        assertEquals(1, shelf.call(SECOND) + shelf.second(2 * SECOND));
    }

    @Test
    void as_many_are_due_as_there_were_calls_in_a_second_up_to_the_limit() {
        int due = 0;
        for (int i = 0; i < 3; i++) {
            due += shelf.call(0);
        }
        assertEquals(3, due);
        for (int i = 0; i < 10; i++) {
            due += shelf.call(0);
        }
        assertEquals(4, due);
    }

    @Test
    void demand_fades_while_there_are_fewer_calls() {
        for (int i = 0; i < 4; i++) {
            shelf.call(0);
        }
        for (int i = 0; i < 4; i++) {
            put(0);
        }
        int due = 0;
        for (int second = 1; second <= 30; second++) {
            due += shelf.second(second * SECOND);
        }
        // The four have grown old and one was enough to replace them.
        assertEquals(0, shelf.size());
        assertEquals(1, due);
    }

    @Test
    void the_youngest_is_taken_and_none_that_is_too_old() {
        StubConnection old = put(0);
        StubConnection young = put(5 * SECOND);
        assertSame(young, shelf.take(6 * SECOND));
        assertNull(shelf.take(21 * SECOND));
        assertTrue(old.closed());
    }

    @Test
    void old_ones_are_closed_and_replaced_while_the_endpoint_is_warm() {
        shelf.call(0);
        StubConnection old = put(0);
        assertEquals(0, shelf.second(20 * SECOND));
        assertEquals(1, shelf.second(21 * SECOND));
        assertTrue(old.closed());
    }

    @Test
    void a_minute_after_the_last_call_all_are_closed_and_none_is_due() {
        shelf.call(0);
        StubConnection spare = put(55 * SECOND);
        assertNotNull(spare);
        assertEquals(0, shelf.second(61 * SECOND));
        assertTrue(spare.closed() && shelf.isCold(61 * SECOND));
    }

    @Test
    void after_a_failure_none_is_due_for_a_while() {
        assertEquals(1, shelf.call(0));
        shelf.failed(0);
        assertEquals(0, shelf.second(4 * SECOND));
        assertEquals(1, shelf.second(5 * SECOND));
    }
}
