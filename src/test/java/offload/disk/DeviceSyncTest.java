package offload.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is alone forces its own file; who is one of many shares one sync of the file system. */
class DeviceSyncTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    Path folder;

    private DeviceSync device;
    private final AtomicInteger alone = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final AtomicLong ticks = new AtomicLong();
    private final long begun = System.nanoTime();

    @BeforeEach
    void makeDevice() {
        device = withoutRush(folder);
    }

    private DeviceSync withoutRush(Path root) {
        return new DeviceSync(root, new Rush(4, 1, ticks::incrementAndGet));
    }

    @AfterEach
    void endThreads() {
        threads.close();
    }

    /** After a sync that took longer than a second there is a rest, in which each forces its own. */
    private void unlessSlow() {
        long passed = System.nanoTime() - begun;
        assumeTrue(passed < TimeUnit.SECONDS.toNanos(1), "a device so slow that it may have a rest");
    }

    /** Else a file is written anew while the device may still have what another turn had in it. */
    @Test
    void nothing_is_past_by_a_sync_that_was_none() {
        long moment = device.moment();
        assertFalse(device.syncAll(4), "the first time, errors that were before are looked for in each file");
        assertFalse(device.isPast(moment));
        assertFalse(device.isShared());
    }

    @Test
    void one_that_is_alone_forces_its_own_file() throws Exception {
        for (int i = 0; i < 10; i++) {
            device.sync(alone::incrementAndGet);
        }
        assertEquals(10, alone.get());
    }

    @Test
    void one_of_many_has_it_done_with_the_file_system_where_that_is_known_to_do_it() throws Exception {
        assumeTrue(Files.getFileStore(folder).type().startsWith("ext"), "not known");
        try (Crowd crowd = new Crowd()) {
            device.sync(alone::incrementAndGet);
            assertEquals(1, alone.get(), "the first time, errors that were before are looked for in each file");
            device.sync(alone::incrementAndGet);
            assertEquals(1, alone.get());
            boolean shared = device.syncAll(4);
            unlessSlow();
            assertTrue(shared);
            assertFalse(device.syncAll(3), "few are forced each by itself");
        }
    }

    @Test
    void who_come_thick_and_fast_are_many_too() throws Exception {
        assumeTrue(Files.getFileStore(folder).type().startsWith("ext"), "not known");
        device = new DeviceSync(folder, new Rush(4, 1, () -> 0));
        for (int i = 0; i < 4; i++) {
            device.sync(alone::incrementAndGet);
        }
        assertEquals(4, alone.get(), "three are few, and the first time each file is looked at");
        for (int i = 0; i < 10; i++) {
            device.sync(alone::incrementAndGet);
        }
        unlessSlow();
        assertEquals(4, alone.get());
    }

    @Test
    void a_sync_for_many_begins_five_milliseconds_after_the_last_one_at_the_earliest() throws Exception {
        assumeTrue(Files.getFileStore(folder).type().startsWith("ext"), "not known");
        device.syncAll(4);
        long begin = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            assumeTrue(device.syncAll(4), "a device so slow that it has a rest");
        }
        long took = System.nanoTime() - begin;
        assertTrue(took >= TimeUnit.MILLISECONDS.toNanos(3 * 5), took + " ns");
    }

    @Test
    void on_file_systems_that_are_not_known_each_forces_its_own() throws Exception {
        assumeTrue(
                Files.isDirectory(MEMORY) && Files.getFileStore(MEMORY).type().equals("tmpfs"));
        device = withoutRush(MEMORY);
        try (Crowd crowd = new Crowd()) {
            for (int i = 0; i < 3; i++) {
                device.sync(alone::incrementAndGet);
            }
        }
        assertEquals(3, alone.get());
    }

    @Test
    void a_folder_on_another_device_makes_each_force_its_own() throws Exception {
        assumeTrue(
                Files.isDirectory(MEMORY) && Files.getFileStore(MEMORY).type().equals("tmpfs"));
        device.include(folder);
        device.include(MEMORY);
        try (Crowd crowd = new Crowd()) {
            for (int i = 0; i < 3; i++) {
                device.sync(alone::incrementAndGet);
            }
        }
        assertEquals(3, alone.get());
    }

    @Test
    void an_error_is_its_own() throws Exception {
        IOException broken = new IOException("broken");
        assertSame(
                broken,
                assertThrows(
                        IOException.class,
                        () -> device.sync(() -> {
                            throw broken;
                        })));
        device.sync(alone::incrementAndGet);
        assertEquals(1, alone.get());
    }

    @Test
    void an_interrupt_hurries_nobody_and_is_kept() throws Exception {
        try (Crowd crowd = new Crowd()) {
            for (int i = 0; i < 3; i++) {
                Thread.currentThread().interrupt();
                device.sync(alone::incrementAndGet);
                assertTrue(Thread.interrupted());
            }
        }
    }

    @Test
    void all_of_many_are_answered() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Path file = Files.writeString(folder.resolve("f" + i), "x");
            all.add(threads.submit(() -> {
                device.sync(() -> {
                    alone.incrementAndGet();
                    assertTrue(Files.exists(file));
                });
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
    }

    /** Some that are forcing their own file for as long as this is open. */
    private final class Crowd implements AutoCloseable {
        private final CountDownLatch end = new CountDownLatch(1);
        private final List<Future<?>> members = new ArrayList<>();

        Crowd() throws InterruptedException {
            CountDownLatch there = new CountDownLatch(3);
            for (int i = 0; i < 3; i++) {
                members.add(threads.submit(() -> {
                    device.sync(() -> stay(there));
                    return null;
                }));
            }
            there.await();
        }

        private void stay(CountDownLatch there) throws IOException {
            there.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() throws Exception {
            end.countDown();
            for (Future<?> member : members) {
                member.get();
            }
        }
    }
}
