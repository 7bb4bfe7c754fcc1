package offload.files.liveness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenLocksTest {
    @TempDir
    Path folder;

    @Test
    void a_lock_that_can_be_taken_is_missing_once_its_node_has_lived_on() throws Exception {
        Files.createFile(folder.resolve("lock"));
        SeenLocks locks = new SeenLocks();
        assertFalse(locks.areMissing("a", folder), "it may have died after its last beat");
        assertFalse(locks.areMissing("b", folder.resolve("gone")), "it has ended");
        locks.forgetAllBut(List.of("a"));
        assertTrue(locks.areMissing("a", folder));
        assertFalse(locks.areMissing("a", folder), "that is told once");
    }
}
