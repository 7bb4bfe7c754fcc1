package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import offload.files.DataFolder;
import offload.files.EventLog;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.files.StatusWriter;
import offload.files.TurnClaim;
import offload.files.TurnFiles;
import offload.json.JsonSource;
import offload.testing.Until;
import offload.turn.Access;
import offload.turn.StatusDocument;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWritesTest {
    @TempDir
    Path folder;

    /** Else the stop file would tell the heir that it was stopped, and readers elsewhere would get an end that is none. */
    @Test
    void a_turn_that_another_node_owns_by_now_gets_no_end_and_no_stop_file() throws Exception {
        DataFolder data = new DataFolder(folder);
        TurnPath path = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");
        data.makeFolder(path);
        TurnFiles files = data.files(path);
        Files.writeString(files.status(), "{\"status\":\"streaming\"}");
        StatusDocument document = new StatusDocument(
                TurnKind.STREAM, path.second(), "t", "t.json", null, "{}", JsonSource.of("{\"messages\":[]}"));
        try (NodeFolder node = NodeFolder.create(data);
                EventLog log = new EventLog(Files.createFile(files.events()), data.device())) {
            RunningTurns turns = new RunningTurns(10, new FreeSpace(data, node, 0));
            RunningTurn turn = new RunningTurn(
                    new TurnClaim(path, log, new StatusWriter(node, files.status())), files, document, 90_000, false);
            WebhookOutbox webhooks = new WebhookOutbox(node.webhooks(), InstantSource.system());
            LastWrites last = new LastWrites(node, turns, webhooks, false);
            Files.move(data.nodes().resolve(node.id()), folder.resolve("claimed"));
            Until.holds("the lease is over", () -> !node.isOurs());
            last.write(turn, new TurnState.Cancelled(), null);
            assertTrue(turn.log().isBrokenOff());
            assertEquals(0, Files.size(files.events()));
            assertFalse(Files.exists(files.stop()));
        }
    }
}
