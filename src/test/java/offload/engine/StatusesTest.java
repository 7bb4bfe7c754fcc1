package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import offload.files.DataFolder;
import offload.files.EventLog;
import offload.files.FollowedTail;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.files.RecordBatch;
import offload.files.StatusWriter;
import offload.files.TurnClaim;
import offload.files.TurnFiles;
import offload.json.JsonSource;
import offload.testing.Until;
import offload.turn.Access;
import offload.turn.StatusDocument;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusesTest {
    @TempDir
    Path folder;

    @Test
    void a_turn_that_becomes_final_while_its_status_is_put_together_is_answered_from_its_file() throws Exception {
        DataFolder data = new DataFolder(folder);
        TurnPath path = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");
        data.makeFolder(path);
        TurnFiles files = data.files(path);
        Files.createFile(files.events());
        StatusDocument document = new StatusDocument(
                TurnKind.STREAM, path.second(), "t", "t.json", null, "{}", JsonSource.of("{\"messages\":[]}"));
        try (NodeFolder node = NodeFolder.create(data);
                EventLog log = new EventLog(files.events(), data.device())) {
            RunningTurns turns = new RunningTurns(10, new FreeSpace(data, node, 0));
            RunningTurn turn = new RunningTurn(
                    new TurnClaim(path, log, new StatusWriter(node, files.status())), files, document, 90_000, false);
            turns.add(turn);
            FutureTask<Statuses.View> asked =
                    new FutureTask<>(() -> new Statuses(data, turns, new DocumentMemory(2)).find(path));
            Thread asking = Thread.ofPlatform().unstarted(asked);
            // The answer so far is what a status is put together from: it is held until the turn has ended.
            synchronized (turn.answer()) {
                asking.start();
                Until.holds("the status is being put together", () -> asking.getState() == Thread.State.BLOCKED);
                Files.writeString(files.status(), "{\"status\":\"done\",\"the\":\"file\"}");
                turns.remove(turn);
                turn.finish();
            }
            assertEquals(new Statuses.Final(files.status()), asked.get());
        }
    }

    /** As for a moment while the folder is forced to the device: who follows on another server has [DONE] by then. */
    @Test
    void a_turn_whose_final_status_is_published_is_final_here_before_its_last_writes_are_through() throws Exception {
        DataFolder data = new DataFolder(folder);
        TurnPath path = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");
        data.makeFolder(path);
        TurnFiles files = data.files(path);
        Files.createFile(files.events());
        Files.writeString(files.status(), "{\"status\":\"streaming\"}");
        StatusDocument document = new StatusDocument(
                TurnKind.STREAM, path.second(), "t", "t.json", null, "{}", JsonSource.of("{\"messages\":[]}"));
        try (NodeFolder node = NodeFolder.create(data);
                EventLog log = new EventLog(files.events(), data.device());
                FollowedTail elsewhere = new FollowedTail(files)) {
            RunningTurns turns = new RunningTurns(10, new FreeSpace(data, node, 0));
            RunningTurn turn = new RunningTurn(
                    new TurnClaim(path, log, new StatusWriter(node, files.status())), files, document, 90_000, false);
            turns.add(turn);
            Statuses statuses = new Statuses(data, turns, new DocumentMemory(2));
            RecordBatch end = new RecordBatch();
            end.begin(0);
            LastRecords.addDone(end);
            log.appendLast(end);
            assertTrue(!elsewhere.hasEnded() && statuses.find(path) instanceof Statuses.Running);
            assertSame(turn, turns.live(path));
            Files.writeString(files.status(), "{\"status\":\"done\",\"the\":\"file\"}");
            assertTrue(elsewhere.hasEnded());
            // So its events are those of the file here, too.
            assertNull(turns.live(path));
            assertEquals(new Statuses.Final(files.status()), statuses.find(path));
        }
    }

    /** As the next start finds it where a power cut came before its content. */
    @Test
    void a_status_file_that_is_json_but_no_status_is_damaged_and_named() throws Exception {
        DataFolder data = new DataFolder(folder);
        TurnPath path = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");
        data.makeFolder(path);
        TurnFiles files = data.files(path);
        Files.createFile(files.events());
        Files.writeString(files.status(), "{}\n");
        try (NodeFolder node = NodeFolder.create(data)) {
            Statuses statuses =
                    new Statuses(data, new RunningTurns(10, new FreeSpace(data, node, 0)), new DocumentMemory(2));
            IOException failure = assertThrows(IOException.class, () -> statuses.find(path));
            assertTrue(String.valueOf(failure.getMessage()).contains(files.status() + " is damaged"));
        }
    }
}
