package offload.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import offload.testing.Until;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What comes round again does so whatever failed before, also where the system gave no thread. */
class RoundsTest {
    private static final String NO_THREAD = "unable to create native thread";

    private final CountDownLatch three = new CountDownLatch(3);

    @Test
    void a_round_that_got_no_thread_is_followed_by_the_next() throws Exception {
        try (Rounds rounds = new Rounds("rounds", 1, this::fail)) {
            Assertions.assertTrue(three.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_sweep_that_got_no_thread_is_followed_by_the_next() throws Exception {
        try (Sweeper sweeper = new Sweeper()) {
            sweeper.every(100, this::fail);
            Assertions.assertTrue(three.await(30, TimeUnit.SECONDS));
        }
    }

    private void fail() {
        three.countDown();
        throw new OutOfMemoryError(NO_THREAD);
    }

    @Test
    void work_that_no_thread_is_to_be_had_for_is_done_by_who_gives_it() throws Exception {
        Executor none = work -> {
            throw new OutOfMemoryError(NO_THREAD);
        };
        assertEquals(
                Thread.currentThread(),
                Handover.submit(none, Thread::currentThread).get());
    }

    /** Else a data folder is left while somebody writes there. */
    @Test
    void who_closes_rounds_waits_for_the_one_that_is_under_way() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean through = new AtomicBoolean();
        Rounds rounds = new Rounds("rounds", 1, () -> {
            begun.countDown();
            go.await();
            through.set(true);
        });
        begun.await();
        FutureTask<Boolean> closing = new FutureTask<>(() -> {
            rounds.close();
            return through.get();
        });
        Thread closer = Thread.ofPlatform().start(closing);
        Until.holds("it waits", () -> closer.getState() == Thread.State.TIMED_WAITING || closing.isDone());
        go.countDown();
        Assertions.assertTrue(closing.get());
    }
}
