package offload.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import offload.files.EventLog;
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
        try (EventLog log = new EventLog(Files.createFile(folder.resolve("name.txt")))) {
            RunningTurn turn = new RunningTurn(path, new TurnFiles(folder, "name"), document, log, 90_000, false);
            turn.streaming();
            turn.finish();
            assertTrue(turn.awaitFinal(0));
            assertFalse(StatusText.isFinal(turn.status()));
        }
    }
}
