package offload.http.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import offload.turn.Access;
import offload.turn.TurnPath;
import org.junit.jupiter.api.Test;

/** What was final is known to be so, unless its name may still be another's. */
class FinalTurnsTest {
    /** Of each test anew: what is this moment for one is long ago for the next where the machine is slow. */
    private final long now = System.currentTimeMillis() / 1000;

    private final FinalTurns finals = new FinalTurns();

    private static TurnPath turn(long second, String name) {
        return new TurnPath(Access.PUBLIC, second, name);
    }

    @Test
    void a_turn_is_known_by_everything_that_names_it() {
        finals.add(turn(now - 60, "one"));
        assertTrue(finals.has(turn(now - 60, "one")));
        assertFalse(finals.has(turn(now - 60, "other")));
        assertFalse(finals.has(turn(now - 61, "one")));
        assertFalse(finals.has(new TurnPath(Access.PRIVATE, now - 60, "one")));
    }

    /** Also by a clock that is ahead of ours; and the next second may begin while this test runs. */
    @Test
    void a_turn_of_this_moment_is_not_kept() {
        finals.add(turn(now + 60, "new"));
        assertFalse(finals.has(turn(now + 60, "new")));
    }

    @Test
    void so_many_are_known_and_no_more() {
        List<TurnPath> many = IntStream.range(0, 100_000)
                .mapToObj(number -> turn(now - 60, "name" + number))
                .toList();
        many.forEach(finals::add);
        long known = many.stream().filter(finals::has).count();
        assertTrue(known > 500 && known <= 1024, "known: " + known);
        assertEquals(known, many.stream().filter(finals::has).count());
    }
}
