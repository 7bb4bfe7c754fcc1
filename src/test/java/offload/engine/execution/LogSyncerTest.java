package offload.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import offload.testing.LoggedLines;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSyncerTest {
    @TempDir
    Path folder;

    /** Else the operator of a server that stood still is told, of each of its turns, that the device loses what it takes. */
    @Test
    void a_turn_that_another_node_owns_by_now_is_lost_and_not_one_that_the_device_failed() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder);
                LogSyncer syncer = new LogSyncer(open.node(), open.turns());
                LoggedLines lines = LoggedLines.of(LogSyncer.class)) {
            Files.move(open.data().nodes().resolve(open.node().id()), folder.resolve("claimed"));
            Until.holds("the lease is over", () -> !open.node().isOurs());
            syncer.round();
            assertEquals(Ending.LOST, open.turn().leaveUpstream());
            assertEquals(List.of(), lines.all());
        }
    }

    @Test
    void a_turn_whose_marker_cannot_be_forced_to_the_device_ends_as_storage_error_and_is_told() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder);
                LogSyncer syncer = new LogSyncer(open.node(), open.turns());
                LoggedLines lines = LoggedLines.of(LogSyncer.class)) {
            syncer.round();
            assertEquals(Ending.STORAGE, open.turn().leaveUpstream());
            assertTrue(lines.all().getFirst().contains("was not synced"), lines::toString);
        }
    }
}
