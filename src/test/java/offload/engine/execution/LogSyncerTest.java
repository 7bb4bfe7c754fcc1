package offload.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import offload.eventlog.RecordBatch;
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

    @Test
    void a_turn_whose_files_have_names_that_cannot_be_forced_to_the_device_ends_as_storage_error() throws Exception {
        try (OpenTurn open = marked();
                LogSyncer syncer = new LogSyncer(open.node(), open.turns())) {
            Files.move(open.files().folder(), folder.resolve("away"));
            syncer.round();
            assertEquals(Ending.STORAGE, open.turn().leaveUpstream());
        }
    }

    @Test
    void a_turn_whose_log_cannot_be_forced_to_the_device_ends_as_storage_error() throws Exception {
        try (OpenTurn open = marked();
                LogSyncer syncer = new LogSyncer(open.node(), open.turns())) {
            append(open);
            // The first failed sync is final for a log.
            assertThrows(
                    IOException.class,
                    () -> open.turn().log().syncAll(open.node().draft()));
            syncer.round();
            assertEquals(Ending.STORAGE, open.turn().leaveUpstream());
        }
    }

    /** A turn's marker is looked for only where it is to be forced. */
    @Test
    void a_turn_is_made_to_last_once_and_forgotten_when_it_has_left() throws Exception {
        try (OpenTurn open = marked();
                LogSyncer syncer = new LogSyncer(open.node(), open.turns())) {
            syncer.round();
            Files.delete(open.node().marker(open.path().marker()));
            syncer.round();
            assertFalse(open.turn().isEnding());
            open.turns().remove(open.turn());
            syncer.round();
            open.turns().add(open.turn());
            syncer.round();
            assertEquals(Ending.STORAGE, open.turn().leaveUpstream());
        }
    }

    private OpenTurn marked() throws IOException {
        OpenTurn open = OpenTurn.in(folder);
        Files.createFile(open.node().marker(open.path().marker()));
        return open;
    }

    private static void append(OpenTurn open) throws IOException {
        RecordBatch batch = new RecordBatch();
        batch.begin(0);
        LastRecords.addDone(batch);
        open.turn().log().append(batch);
        open.turn().log().publish(batch);
    }
}
