package offload.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import offload.files.DataFolder;
import offload.files.EventLog;
import offload.files.NodeFolder;
import offload.files.StatusWriter;
import offload.files.TurnClaim;
import offload.files.TurnFiles;
import offload.turn.Access;
import offload.turn.StatusDocument;
import offload.turn.StatusText;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTurnTest {
    @TempDir
    Path folder;

    /** Who took the turn from the table just before it left asks for its status just after. */
    @Test
    void a_turn_in_memory_never_says_that_it_is_final_because_only_its_file_is() throws Exception {
        TurnPath path = new TurnPath(Access.PUBLIC, 1_700_000_000, "name");
        StatusDocument document =
                new StatusDocument(TurnKind.STREAM, path.second(), "name", "http://h/name.json", null, "{}", "{}");
        DataFolder data = new DataFolder(folder);
        TurnFiles files = new TurnFiles(folder, "name");
        try (NodeFolder node = NodeFolder.create(data);
                EventLog log = new EventLog(Files.createFile(files.events()), data.device())) {
            TurnClaim claim = new TurnClaim(path, log, new StatusWriter(node, files.status()));
            RunningTurn turn = new RunningTurn(claim, files, document, 90_000, false);
            turn.streaming();
            turn.finish();
            assertTrue(turn.awaitFinal(0));
            assertFalse(StatusText.isFinal(turn.status()));
        }
    }
}
