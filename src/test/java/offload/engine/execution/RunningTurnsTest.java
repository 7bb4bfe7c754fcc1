package offload.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import offload.files.DataFolder;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.limits.Descriptors;
import offload.limits.HeapPlaces;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may begin. */
class RunningTurnsTest {
    @TempDir
    Path folder;

    @Test
    void a_turn_for_which_there_may_be_no_descriptor_is_refused_until_another_has_ended() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            RunningTurns turns = new RunningTurns(10, new FreeSpace(data, node, 0), new Descriptors(97));
            turns.enter();
            ApiException refused = assertThrows(ApiException.class, turns::enter);
            assertEquals(ApiError.TOO_MANY_TURNS, refused.error());
            assertEquals("5", refused.headers().get("Retry-After"));
            assertEquals(1, turns.count());
            turns.leave();
            turns.enter();
            assertEquals(1, turns.count());
        }
    }

    @Test
    void as_many_run_as_the_operator_says_and_no_more_than_the_heap_has_room_for() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            RunningTurns turns = new RunningTurns(2, new FreeSpace(data, node, 0), new Descriptors(Integer.MAX_VALUE));
            assertEquals(2, begun(turns));
            turns.limit(3);
            assertEquals(1, begun(turns));
            turns.leave();
            assertEquals(1, begun(turns));
            turns.limit(Integer.MAX_VALUE);
            begun(turns);
            assertEquals(HeapPlaces.atMost(Integer.MAX_VALUE), turns.count());
        }
    }

    private static int begun(RunningTurns turns) {
        int begun = 0;
        while (begins(turns)) {
            begun++;
        }
        return begun;
    }

    @Test
    void who_goes_down_and_finds_no_turn_finds_none_later() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            FreeSpace space = new FreeSpace(data, node, 0);
            for (int round = 0; round < 100; round++) {
                assertEquals(0, beganLate(new RunningTurns(100, space, new Descriptors(1_000))), "round " + round);
            }
        }
    }

    /** How many turns began after there were none. */
    private static int beganLate(RunningTurns turns) throws InterruptedException {
        AtomicBoolean gone = new AtomicBoolean();
        AtomicInteger late = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(1);
        List<Thread> submitters = Stream.generate(() -> Thread.ofPlatform().start(() -> {
                    while (begins(turns)) {
                        busy.countDown();
                        late.addAndGet(gone.get() ? 1 : 0);
                        turns.leave();
                    }
                }))
                .limit(4)
                .toList();
        busy.await();
        turns.drain();
        while (turns.count() > 0) {
            Thread.onSpinWait();
        }
        gone.set(true);
        for (Thread submitter : submitters) {
            submitter.join();
        }
        return late.get();
    }

    private static boolean begins(RunningTurns turns) {
        try {
            turns.enter();
            return true;
        } catch (ApiException e) {
            return false;
        }
    }
}
