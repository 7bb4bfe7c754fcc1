package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many followers who are late, or are not. */
class LateCrowdTest {
    private static final int MUCH = 200_000;

    @TempDir
    Path folder;

    private final CountDownLatch go = new CountDownLatch(1);
    private WrittenLog written;
    private EventLog log;
    private List<KeptReader> crowd;
    private Set<Thread> threads;

    @BeforeEach
    void open() throws Exception {
        written = WrittenLog.in(folder);
        log = written.log();
        Set<Thread> before = threads();
        crowd = new ArrayList<>();
        for (int i = 0; i < Crowd.SIZE; i++) {
            crowd.add(following());
        }
        threads = threads();
        threads.removeAll(before);
    }

    @AfterEach
    void close() throws Exception {
        go.countDown();
        written.close();
    }

    /** Else they wait for what was left out until the model says its next word. */
    @Test
    void a_crowd_that_can_be_given_no_more_is_let_go_at_once_and_served_again_when_it_comes_back() throws Exception {
        CountDownLatch held = hold();
        written.publish("one");
        held.await();
        written.publish("x".repeat(MUCH));
        written.publish("y".repeat(MUCH));
        go.countDown();
        Until.holds("all are let go", () -> crowd.stream().allMatch(reader -> reader.released));
        KeptReader again = following();
        written.publish("z".repeat(MUCH));
        assertServed(again);
        assertFalse(again.released);
    }

    @Test
    void what_is_more_than_may_wait_is_left_to_the_file_at_once() throws Exception {
        written.publish("x".repeat(2 * MUCH));
        Until.holds("all are let go", () -> crowd.stream().allMatch(reader -> reader.released));
    }

    @Test
    void a_crowd_that_keeps_up_is_never_let_go_however_much_it_is_given() throws Exception {
        for (int i = 0; i < 20; i++) {
            written.publish("x".repeat(MUCH / 10));
            for (KeptReader reader : crowd) {
                assertServed(reader);
            }
        }
        for (KeptReader reader : crowd) {
            assertFalse(reader.released);
            assertEquals(written.file(), reader.got());
        }
    }

    @Test
    void who_comes_while_others_are_late_is_given_all_that_follows_as_one_chunk_and_stays() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch come = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        AtomicReference<KeptReader> late = new AtomicReference<>();
        crowd.getFirst().whenGiven = () -> {
            held.countDown();
            await(come);
            // On the thread that serves them: while it does, nobody else could begin to follow.
            late.compareAndSet(null, following());
            joined.countDown();
            await(go);
        };
        written.publish("one");
        held.await();
        written.publish("two");
        come.countDown();
        joined.await();
        crowd.getFirst().whenGiven = () -> {};
        written.publish("three");
        written.publish("four");
        go.countDown();
        assertServed(late.get());
        assertFalse(late.get().released);
        assertEquals(1, late.get().given());
        assertTrue(written.file().endsWith(late.get().got()));
    }

    @Test
    void the_thread_of_a_crowd_that_has_nothing_to_do_ends_with_the_log() throws Exception {
        assertEquals(1, threads.size());
        Thread thread = threads.iterator().next();
        written.publish("one");
        Until.holds("it waits", () -> crowd.getFirst().given() == 1 && thread.getState() == Thread.State.WAITING);
        written.finish();
        Until.holds("it has ended", () -> !thread.isAlive());
    }

    private KeptReader following() {
        KeptReader reader = new KeptReader(log.published());
        assertTrue(log.follow(reader, reader.position()));
        return reader;
    }

    /** The first record holds the crowd up. */
    private CountDownLatch hold() {
        CountDownLatch held = new CountDownLatch(1);
        crowd.getFirst().whenGiven = () -> {
            held.countDown();
            await(go);
        };
        return held;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertServed(KeptReader reader) {
        Until.holds("it is served", () -> reader.position() == log.published());
    }

    private static Set<Thread> threads() {
        Set<Thread> all = new HashSet<>(Thread.getAllStackTraces().keySet());
        all.removeIf(thread -> !thread.getName().equals("crowd"));
        return all;
    }
}
