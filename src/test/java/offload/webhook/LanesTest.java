package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import offload.webhook.Lanes.Ending;
import offload.webhook.Lanes.Ticket;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

    private final Lanes lanes = new Lanes();

    @Test
    void nothing_starts_before_it_is_due_and_the_earliest_starts_first() {
        add("a", 0, 10);
        add("a", 1, 5);
        assertEquals(List.of(), turns(takeDue(T0.plusSeconds(4))));
        assertEquals(List.of("a-1", "a-0"), turns(takeDue(T0.plusSeconds(10))));
        assertEquals(List.of(), turns(takeDue(T0.plusSeconds(10))));
    }

    @Test
    void a_receiver_has_at_most_four_calls_at_once_and_others_do_not_wait_for_it() {
        IntStream.range(0, 9).forEach(i -> add("slow", i, 0));
        List<Ticket> first = takeDue(T0);
        assertEquals(4, first.size());
        add("quick", 0, 0);
        assertEquals(List.of("quick-0"), turns(takeDue(T0)));
        lanes.ended(first.getFirst(), Ending.ANSWERED, null, T0);
        assertEquals(List.of("slow-4"), turns(takeDue(T0)));
    }

    @Test
    void a_try_that_failed_comes_back_at_its_time() {
        add("a", 0, 0);
        Ticket ticket = takeDue(T0).getFirst();
        lanes.ended(ticket, Ending.ANSWERED, T0.plusSeconds(5), T0);
        assertEquals(List.of(), turns(takeDue(T0.plusSeconds(4))));
        assertEquals(List.of("a-0"), turns(takeDue(T0.plusSeconds(5))));
    }

    @Test
    void what_is_queued_twice_is_sent_once_at_the_later_word() {
        add("a", 0, 60);
        add("a", 0, 0);
        assertEquals(List.of("a-0"), turns(takeDue(T0)));
        add("a", 0, 0);
        assertEquals(List.of(), turns(takeDue(T0.plusSeconds(60))));
    }

    @Test
    void what_is_withdrawn_does_not_start_until_it_is_added_again() {
        add("a", 0, 0);
        add("a", 1, 0);
        Ticket withdrawn = lanes.withdraw("a-0");
        assertEquals(List.of("a-1"), turns(takeDue(T0)));
        assertNull(lanes.withdraw("a-1"), "it is being sent");
        assertTrue(lanes.isSending("a-1"));
        assertFalse(lanes.isSending("a-0"));
        lanes.add(withdrawn);
        assertEquals(List.of("a-0"), turns(takeDue(T0)));
        assertNull(lanes.withdraw("b-0"), "nobody knows it");
    }

    @Test
    void a_receiver_that_never_answers_gets_single_calls_until_it_does() {
        IntStream.range(0, 40).forEach(i -> add("dead", i, 0));
        fail(Breaker.MOST_FAILURES);
        assertEquals(0, takeDue(T0).size(), "the pause");
        Ticket probe = takeDue(T0.plusSeconds(5)).getFirst();
        assertEquals(0, takeDue(T0.plusSeconds(5)).size(), "one probe at a time");
        lanes.ended(probe, Ending.UNANSWERED, T0.plus(Duration.ofHours(1)), T0.plusSeconds(20));
        assertEquals(0, takeDue(T0.plusSeconds(29)).size(), "a longer pause");
        Ticket second = takeDue(T0.plusSeconds(30)).getFirst();
        lanes.ended(second, Ending.ANSWERED, null, T0.plusSeconds(31));
        assertEquals(4, takeDue(T0.plusSeconds(31)).size(), "back to good times");
    }

    @Test
    void a_receiver_that_is_dead_for_long_is_called_every_forty_seconds() {
        IntStream.range(0, 40).forEach(i -> add("dead", i, 0));
        fail(Breaker.MOST_FAILURES);
        Instant now = T0.plusSeconds(5);
        for (int probes = 0; probes < 20; probes++) {
            lanes.ended(takeDue(now).getFirst(), Ending.UNANSWERED, now.plus(Duration.ofHours(1)), now);
            now = now.plusSeconds(40);
        }
        assertEquals(0, takeDue(now.minusSeconds(1)).size());
        assertEquals(1, takeDue(now).size());
    }

    @Test
    void only_failures_in_a_row_make_a_receiver_dead() {
        IntStream.range(0, 40).forEach(i -> add("shaky", i, 0));
        fail(4);
        List<Ticket> taken = takeDue(T0);
        lanes.ended(taken.getFirst(), Ending.ANSWERED, null, T0);
        taken.stream().skip(1).forEach(ticket -> lanes.ended(ticket, Ending.UNANSWERED, null, T0));
        fail(4);
        assertEquals(4, takeDue(T0).size(), "seven in a row");
    }

    /** Whoever submits names receivers, and may name another one each time. */
    @Test
    void of_a_receiver_for_which_nothing_waits_any_more_nothing_is_kept() {
        IntStream.range(0, Breaker.MOST_FAILURES).forEach(i -> add("dead", i, 0));
        for (List<Ticket> taken = takeDue(T0); !taken.isEmpty(); taken = takeDue(T0)) {
            taken.forEach(ticket -> lanes.ended(ticket, Ending.UNANSWERED, null, T0));
        }
        add("dead", 99, 0);
        assertEquals(List.of("dead-99"), turns(takeDue(T0)), "nor that it was dead");
    }

    @Test
    void a_request_to_retry_forgives_a_dead_receiver() {
        IntStream.range(0, 40).forEach(i -> add("dead", i, 0));
        fail(Breaker.MOST_FAILURES);
        lanes.forgiveAll();
        assertEquals(4, takeDue(T0).size());
    }

    @Test
    void what_was_held_for_its_whole_day_is_tried_a_last_time() {
        IntStream.range(0, 8).forEach(i -> add("dead", i, 0));
        fail(Breaker.MOST_FAILURES);
        assertEquals(1, takeDue(T0.plus(Duration.ofDays(1))).size(), "not before");
        assertEquals(3, takeDue(T0.plus(Duration.ofDays(1)).plusSeconds(61)).size());
    }

    @Test
    void what_the_server_itself_lacked_makes_no_receiver_dead() {
        IntStream.range(0, 40).forEach(i -> add("a", i, 0));
        for (int round = 0; round < 4; round++) {
            List<Ticket> taken = takeDue(T0);
            assertEquals(4, taken.size());
            taken.forEach(ticket -> lanes.ended(ticket, Ending.NO_CALL, T0.plus(Duration.ofHours(1)), T0));
        }
    }

    @Test
    void where_calls_are_scarce_each_receiver_has_its_turn() {
        IntStream.range(0, 70).forEach(lane -> IntStream.range(0, 4).forEach(i -> add("host" + lane, i, 0)));
        Set<String> called = new HashSet<>();
        for (int round = 0; round < 70; round++) {
            for (Ticket ticket : takeDue(T0)) {
                called.add(ticket.lane());
                lanes.ended(ticket, Ending.ANSWERED, T0, T0);
            }
        }
        assertEquals(70, called.size());
    }

    @Test
    void two_hundred_and_fifty_six_calls_in_all_are_enough() {
        IntStream.range(0, 100).forEach(lane -> IntStream.range(0, 4).forEach(i -> add("host" + lane, i, 0)));
        List<Ticket> first = takeDue(T0);
        assertEquals(256, first.size());
        first.forEach(ticket -> lanes.ended(ticket, Ending.ANSWERED, null, T0));
        assertEquals(144, takeDue(T0).size());
    }

    private void fail(int times) {
        int failed = 0;
        while (failed < times) {
            List<Ticket> taken = takeDue(T0);
            assertTrue(!taken.isEmpty() && taken.size() <= Lanes.MOST_PER_LANE);
            for (Ticket ticket : taken) {
                lanes.ended(ticket, Ending.UNANSWERED, T0.plus(Duration.ofHours(1)), T0);
                failed++;
            }
        }
    }

    private void add(String lane, int number, int dueIn) {
        lanes.add(new Ticket(lane, lane + "-" + number, T0, T0.plusSeconds(dueIn)));
    }

    private static List<String> turns(List<Ticket> tickets) {
        return tickets.stream().map(Ticket::turn).toList();
    }

    private List<Ticket> takeDue(Instant now) {
        return lanes.takeDue(now, now);
    }
}
