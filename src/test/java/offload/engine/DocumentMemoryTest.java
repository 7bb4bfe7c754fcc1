package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import offload.testing.Until;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.junit.jupiter.api.Test;

/** Who may have memory for documents, and who waits. */
class DocumentMemoryTest {
    private static final long ALL = 1000 * 1024;

    private final DocumentMemory memory = new DocumentMemory(ALL, Duration.ofMinutes(1));

    @Test
    void who_finds_none_waits_until_another_gives_his_back() throws Exception {
        DocumentMemory.Hold first = hold(ALL);
        FutureTask<DocumentMemory.Hold> second = new FutureTask<>(() -> hold(ALL));
        Thread waiting = Thread.ofPlatform().start(second);
        Until.holds("the second one waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertFalse(second.isDone());
        first.close();
        second.get().close();
        hold(ALL).close();
    }

    @Test
    void who_finds_none_for_some_seconds_is_refused_with_a_time_to_come_back() {
        DocumentMemory hasty = new DocumentMemory(ALL, Duration.ofMillis(1));
        DocumentMemory.Hold first = hasty.hold(ALL, ApiError.TOO_MANY_TURNS);
        ApiException refused = assertThrows(ApiException.class, () -> hasty.hold(20_000, ApiError.TOO_MANY_TURNS));
        assertEquals(ApiError.TOO_MANY_TURNS, refused.error());
        assertEquals("5", refused.headers().get("Retry-After"));
        first.close();
        hasty.hold(20_000, ApiError.TOO_MANY_TURNS).close();
    }

    @Test
    void one_that_is_larger_than_all_there_is_goes_alone() {
        DocumentMemory.Hold large = hold(Long.MAX_VALUE);
        large.shrink(ALL - 20 * 1024);
        hold(20 * 1024).close();
        large.close();
    }

    @Test
    void one_that_is_less_than_what_is_left_goes_past_a_large_one_that_waits() throws Exception {
        DocumentMemory.Hold first = hold(ALL - 20 * 1024);
        FutureTask<DocumentMemory.Hold> large = new FutureTask<>(() -> hold(ALL));
        Thread waiting = Thread.ofPlatform().start(large);
        Until.holds("the large one waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
        hold(20 * 1024).close();
        first.close();
        large.get().close();
    }

    @Test
    void what_was_given_to_another_comes_back_from_him_and_once() {
        DocumentMemory.Hold request = hold(ALL);
        DocumentMemory.Hold turn = request.split(40 * 1024);
        request.close();
        DocumentMemory.Hold rest = hold(ALL - 40 * 1024);
        turn.close();
        turn.close();
        DocumentMemory.Hold last = hold(40 * 1024);
        assertEquals(0, memory.left());
        rest.close();
        last.close();
        assertEquals(ALL, memory.left());
    }

    @Test
    void what_would_need_more_than_twice_all_there_is_is_refused() {
        memory.requireFits(2 * ALL);
        ApiException refused = assertThrows(ApiException.class, () -> memory.requireFits(2 * ALL + 1024));
        assertEquals(ApiError.BODY_TOO_LARGE, refused.error());
    }

    @Test
    void more_is_not_waited_for_with_what_one_has() {
        DocumentMemory.Hold small = hold(20 * 1024);
        small.become(2 * ALL, ApiError.TOO_MANY_TURNS);
        assertEquals(0, memory.left());
        small.close();
        assertEquals(ALL, memory.left());
    }

    /** Else who takes all there is, and keeps it, keeps everybody from the shortest conversation. */
    @Test
    void a_small_one_needs_none() {
        DocumentMemory.Hold all = hold(ALL);
        hold(16 * 1024).close();
        assertEquals(0, memory.left());
        all.close();
        assertEquals(ALL, memory.left());
    }

    @Test
    void what_must_be_done_waits_for_as_long_as_it_takes() throws Exception {
        DocumentMemory hasty = new DocumentMemory(ALL, Duration.ofMillis(1));
        DocumentMemory.Hold all = hasty.await(ALL);
        FutureTask<DocumentMemory.Hold> next = new FutureTask<>(() -> hasty.await(ALL));
        Thread waiting = Thread.ofPlatform().start(next);
        Until.holds("the next one waits", () -> waiting.getState() == Thread.State.WAITING);
        all.close();
        next.get().close();
        assertEquals(ALL, hasty.left());
    }

    private DocumentMemory.Hold hold(long bytes) {
        return memory.hold(bytes, ApiError.TOO_MANY_TURNS);
    }
}
