package offload.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
