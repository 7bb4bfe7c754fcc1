package offload.files.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
    @TempDir
    Path folder;

    /** The clock that never jumps stands still meanwhile, and the first append comes before the next beat. */
    @Test
    void a_node_that_was_suspended_with_its_machine_looks_for_its_folder_before_it_goes_on() throws Exception {
        AtomicLong wall = new AtomicLong(1_700_000_000_000L);
        Path node = Files.createDirectory(folder.resolve("node"));
        Heartbeat.first(node.resolve("heartbeat"));
        try (Heartbeat heartbeat = new Heartbeat(node.resolve("heartbeat"), wall::get)) {
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
        try (Heartbeat heartbeat = new Heartbeat(beats, System::currentTimeMillis)) {
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
        AtomicLong wall = new AtomicLong(1_700_000_000_000L);
        Path node = Files.createDirectory(folder.resolve("node"));
        Heartbeat.first(node.resolve("heartbeat"));
        try (Heartbeat heartbeat = new Heartbeat(node.resolve("heartbeat"), wall::get)) {
            heartbeat.beat();
            Files.move(node, folder.resolve("claimed"));
            wall.addAndGet((FailureDetector.STALE_SECONDS - 1) * 1_000L);
            assertFalse(heartbeat.isOurs());
            wall.addAndGet(-(FailureDetector.STALE_SECONDS - 1) * 1_000L);
            assertFalse(heartbeat.isOurs(), "once lost is lost for good");
        }
    }

    @Test
    void each_beat_is_another_one_and_takes_no_more_room() throws Exception {
        Path beats = folder.resolve("heartbeat");
        Heartbeat.first(beats);
        Set<String> seen = new HashSet<>(Set.of(Files.readString(beats)));
        try (Heartbeat heartbeat = new Heartbeat(beats, System::currentTimeMillis)) {
            for (int i = 0; i < 12; i++) {
                heartbeat.beat();
                assertTrue(seen.add(Files.readString(beats)));
            }
        }
        assertEquals(1, seen.stream().mapToInt(String::length).distinct().count());
    }

    @Test
    void a_clock_that_is_set_takes_no_node_its_turns() throws Exception {
        AtomicLong wall = new AtomicLong(1_700_000_000_000L);
        Path beats = folder.resolve("heartbeat");
        Heartbeat.first(beats);
        try (Heartbeat heartbeat = new Heartbeat(beats, wall::get)) {
            wall.addAndGet(-3_600_000);
            assertTrue(heartbeat.isOurs());
            heartbeat.beat();
            assertTrue(heartbeat.isOurs());
        }
    }
}
