package offload.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.eventlog.EventLog;
import offload.files.DataFolder;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.files.StatusWriter;
import offload.files.TurnClaim;
import offload.files.TurnFiles;
import offload.json.JsonFault;
import offload.json.JsonSource;
import offload.status.StatusDocument;
import offload.turn.Access;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose answer is ended where all of them take too much. */
class AnswerMemoryTest {
    private static final int KB = 1024;

    @TempDir
    Path folder = Path.of("");

    private DataFolder data;
    private NodeFolder node;
    private RunningTurns turns;
    private AnswerMemory memory;

    @BeforeEach
    void open() throws IOException {
        data = new DataFolder(folder);
        node = NodeFolder.create(data);
        turns = new RunningTurns(10, new FreeSpace(data, node, 0));
        memory = new AnswerMemory(turns, 1000 * KB);
    }

    @AfterEach
    void close() throws IOException {
        for (RunningTurn turn : turns.all()) {
            turn.log().close();
        }
        node.close();
    }

    @Test
    void the_largest_one_is_ended_whoever_grew_last_and_the_others_go_on() throws Exception {
        RunningTurn small = turn("small");
        RunningTurn large = turn("large");
        RunningTurn middle = turn("middle");
        grow(small, 100);
        grow(large, 500);
        grow(middle, 300);
        assertFalse(large.isEnding());
        grow(small, 200);
        assertTrue(large.isEnding());
        assertFalse(small.isEnding() || middle.isEnding());
        // What the largest one takes comes back soon: nobody else has to go for it.
        grow(small, 200);
        assertFalse(small.isEnding() || middle.isEnding());
        assertEquals(Ending.MEMORY, large.leaveUpstream());
    }

    @Test
    void what_has_ended_takes_none() throws Exception {
        for (int i = 0; i < 20; i++) {
            RunningTurn turn = turn("turn" + i);
            grow(turn, 900);
            assertFalse(turn.isEnding());
            turns.remove(turn);
            memory.gone(turn);
            turn.log().close();
        }
        assertEquals(0, memory.taken());
    }

    @Test
    void most_answers_are_too_small_to_be_counted() throws Exception {
        RunningTurn turn = turn("turn");
        grow(turn, 50);
        assertEquals(0, memory.taken());
    }

    private RunningTurn turn(String name) throws IOException {
        TurnPath path = new TurnPath(Access.PUBLIC, 1_700_000_000, name);
        StatusDocument document = new StatusDocument(
                TurnKind.STREAM, path.second(), name, "http://h/" + name + ".json", null, "{}", JsonSource.of("{}"));
        TurnFiles files = new TurnFiles(folder, name);
        EventLog log = new EventLog(Files.createFile(files.events()), data.device());
        TurnClaim claim = new TurnClaim(path, log, new StatusWriter(node, files.status()));
        RunningTurn turn = new RunningTurn(claim, files, document, 90_000, false);
        turns.add(turn);
        return turn;
    }

    private void grow(RunningTurn turn, int kilobytes) throws JsonFault {
        byte[] chunk = ("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(kilobytes * KB) + "\"}}]}")
                .getBytes(StandardCharsets.UTF_8);
        turn.answer().add(chunk, 0, chunk.length);
        memory.grew(turn);
    }
}
