package offload.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders are forced to the device for many at once. */
class SharedSyncTest {
    @TempDir
    Path folder;

    private final SharedSync syncs = new SharedSync(Folders::sync);

    @Test
    void everybody_who_waits_is_answered_and_later_ones_are_synced_anew() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    Path one = Files.createDirectories(folder.resolve(Integer.toString(i % 3)));
                    all.add(threads.submit(() -> {
                        syncs.sync(one);
                        return null;
                    }));
                }
                for (Future<?> each : all) {
                    each.get();
                }
            }
        }
    }

    @Test
    void a_sync_that_fails_is_told_to_everybody_and_does_not_fail_the_next() throws Exception {
        Path gone = folder.resolve("gone");
        assertThrows(IOException.class, () -> syncs.sync(gone));
        Files.createDirectory(gone);
        syncs.sync(gone);
    }

    /** Else a turn is answered whose name a power cut takes back; and those who wait share the one that is still to come. */
    @Test
    void who_comes_while_a_folder_is_being_forced_has_it_forced_once_more() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Semaphore rest = new Semaphore(0);
        AtomicInteger forced = new AtomicInteger();
        SharedSync held = new SharedSync(_ -> {
            if (forced.incrementAndGet() == 1) {
                begun.countDown();
                rest.acquireUninterruptibly();
            }
        });
        Thread first = syncing(held);
        begun.await();
        List<Thread> late = List.of(syncing(held), syncing(held));
        Until.holds("they wait", () -> late.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        rest.release();
        first.join();
        for (Thread thread : late) {
            thread.join();
        }
        assertEquals(2, forced.get());
    }

    /** Else a turn is answered, or final, whose names nobody has forced to the device. */
    @Test
    void whatever_ends_a_sync_is_told_to_everybody_who_shares_it() throws Exception {
        for (Throwable fault : List.of(new IOException("a"), new IllegalStateException("b"), new LinkageError("c"))) {
            CountDownLatch begun = new CountDownLatch(1);
            Semaphore rest = new Semaphore(0);
            AtomicInteger forced = new AtomicInteger();
            SharedSync failing = new SharedSync(_ -> {
                if (forced.incrementAndGet() == 1) {
                    begun.countDown();
                    rest.acquireUninterruptibly();
                    return;
                }
                raise(fault);
            });
            Thread first = syncing(failing);
            begun.await();
            List<FutureTask<Boolean>> late = List.of(task(failing), task(failing), task(failing));
            List<Thread> threads = late.stream().map(Thread.ofPlatform()::start).toList();
            Until.holds("they wait", () -> threads.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
            rest.release();
            first.join();
            for (FutureTask<Boolean> each : late) {
                assertThrows(ExecutionException.class, each::get, fault::toString);
            }
        }
    }

    private static void raise(Throwable fault) throws IOException {
        switch (fault) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new LinkageError(fault.getMessage());
        }
    }

    private FutureTask<Boolean> task(SharedSync syncs) {
        return new FutureTask<>(() -> {
            syncs.sync(folder);
            return true;
        });
    }

    private Thread syncing(SharedSync syncs) {
        return Thread.ofPlatform().start(task(syncs));
    }
}
