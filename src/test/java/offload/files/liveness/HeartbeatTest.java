package offload.files.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(5 * SECOND);
    private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);

    /** The clock that never jumps stands still meanwhile, and the first append comes before the next beat. */
    @Test
    void a_node_that_was_suspended_with_its_machine_looks_for_its_folder_before_it_goes_on() throws Exception {
        Path node = Files.createDirectory(folder.resolve("node"));
        Heartbeat.first(node.resolve("heartbeat"));
        try (Heartbeat heartbeat = new Heartbeat(node.resolve("heartbeat"), nanos::get, wall::get)) {
            heartbeat.beat();
            assertTrue(heartbeat.isOurs());
            wall.addAndGet(60_000);
            assertTrue(heartbeat.isOurs(), "nobody has claimed it");
            Files.move(node, folder.resolve("claimed"));
            assertFalse(heartbeat.isOurs());
        }
    }

    @Test
    void a_node_whose_folder_was_mounted_anew_has_lost_it_for_what_it_has_open_leads_nowhere() throws Exception {
        Path shared = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(shared), "no other mount here");
        Path elsewhere = Files.createTempFile(shared, "heartbeat", "");
        Path beats = folder.resolve("heartbeat");
        Heartbeat.first(beats);
        try (Heartbeat heartbeat = new Heartbeat(beats, System::nanoTime, System::currentTimeMillis)) {
            heartbeat.beat();
            assertTrue(heartbeat.isOurs());
            Files.delete(beats);
            Files.createSymbolicLink(beats, elsewhere);
            heartbeat.beat();
            assertFalse(heartbeat.isOurs());
        } finally {
            Files.delete(elsewhere);
        }
    }

    /** What it writes after that, its heir has not seen. */
    @Test
    void a_node_goes_on_without_a_beat_for_less_long_than_others_wait_before_they_claim_it() throws Exception {
        Path node = Files.createDirectory(folder.resolve("node"));
        Heartbeat.first(node.resolve("heartbeat"));
        try (Heartbeat heartbeat = new Heartbeat(node.resolve("heartbeat"), nanos::get, wall::get)) {
            heartbeat.beat();
            Files.move(node, folder.resolve("claimed"));
            wall.addAndGet((FailureDetector.STALE_SECONDS - 1) * 1_000L);
            assertFalse(heartbeat.isOurs());
            wall.addAndGet(-(FailureDetector.STALE_SECONDS - 1) * 1_000L);
            assertFalse(heartbeat.isOurs(), "once lost is lost for good");
        }
    }

    /** As where the device, or the network to it, stands still: others see the beat late, or have claimed the folder by then. */
    @ParameterizedTest
    @CsvSource({"60, 0", "0, 60"})
    void a_beat_whose_writing_takes_longer_than_the_lease_begins_no_new_one(long steady, long shown) throws Exception {
        Path node = Files.createDirectory(folder.resolve("node"));
        Path claimed = folder.resolve("claimed");
        Heartbeat.first(node.resolve("heartbeat"));
        byte[] unwritten = Files.readAllBytes(node.resolve("heartbeat"));
        BooleanSupplier written = () -> {
            Path where = Files.exists(node) ? node : claimed;
            return !Arrays.equals(unwritten, read(where.resolve("heartbeat")));
        };
        LongSupplier held = () -> nanos.get() + (written.getAsBoolean() ? steady * SECOND : 0);
        LongSupplier heldWall = () -> wall.get() + (written.getAsBoolean() ? shown * 1_000 : 0);
        try (Heartbeat heartbeat = new Heartbeat(node.resolve("heartbeat"), held, heldWall)) {
            heartbeat.beat();
            assertTrue(written.getAsBoolean());
            Files.move(node, claimed);
            assertFalse(heartbeat.isOurs());
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As that of a process that was frozen, or of a machine that slept, whose clock was set by whatever at that time. */
    @ParameterizedTest
    @CsvSource({"5, 0", "5, -3600", "0, 5", "0, -5", "0, -3600"})
    void a_pause_that_either_clock_shows_has_a_node_look_for_its_folder(long steady, long shown) throws Exception {
        Path node = Files.createDirectory(folder.resolve("node"));
        Heartbeat.first(node.resolve("heartbeat"));
        try (Heartbeat heartbeat = new Heartbeat(node.resolve("heartbeat"), nanos::get, wall::get)) {
            nanos.addAndGet(60 * SECOND);
            wall.addAndGet(60_000);
            heartbeat.beat();
            Files.move(node, folder.resolve("claimed"));
            nanos.addAndGet(4 * SECOND);
            wall.addAndGet(4_000);
            assertTrue(heartbeat.isOurs(), "within its lease it does not look, which would cost each append a call");
            nanos.addAndGet(-4 * SECOND + steady * SECOND);
            wall.addAndGet(-4_000 + shown * 1_000);
            assertFalse(heartbeat.isOurs());
        }
    }

    @Test
    void each_beat_is_another_one_and_takes_no_more_room() throws Exception {
        Path beats = folder.resolve("heartbeat");
        Heartbeat.first(beats);
        Set<String> seen = new HashSet<>(Set.of(Files.readString(beats)));
        try (Heartbeat heartbeat = new Heartbeat(beats, System::nanoTime, System::currentTimeMillis)) {
            for (int i = 0; i < 12; i++) {
                heartbeat.beat();
                assertTrue(seen.add(Files.readString(beats)));
            }
        }
        assertEquals(1, seen.stream().mapToInt(String::length).distinct().count());
    }

    @Test
    void a_clock_that_is_set_takes_no_node_its_turns() throws Exception {
        Path beats = folder.resolve("heartbeat");
        Heartbeat.first(beats);
        try (Heartbeat heartbeat = new Heartbeat(beats, nanos::get, wall::get)) {
            wall.addAndGet(-3_600_000);
            assertTrue(heartbeat.isOurs());
            heartbeat.beat();
            assertTrue(heartbeat.isOurs());
        }
    }
}
