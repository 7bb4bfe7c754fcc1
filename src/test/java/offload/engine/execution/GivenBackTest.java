package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import offload.disk.Folders;
import offload.eventlog.RecordBatch;
import offload.files.StatusFile;
import offload.json.JsonSource;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a turn gives back at its end, in whichever way it ends. Else a server takes fewer and fewer, and none at last. */
class GivenBackTest {
    @TempDir
    Path folder;

    @Test
    void a_turn_that_is_final_has_given_all_back() throws Exception {
        try (OpenTurn open = begun()) {
            lastWrites(open).write(open.turn(), new TurnState.Completed(), null);
            // One that was due when the turn ended.
            open.turn().statusFile().replace(JsonSource.of("{}"));
            assertTrue(StatusFile.isFinal(open.files().status()));
            assertTrue(open.turn().log().hasEnded());
            assertEquals(Files.size(open.files().events()), open.turn().log().published());
            assertFalse(Files.exists(marker(open)), "its day would never be removed");
            assertGivenBack(open);
        }
    }

    @Test
    void a_turn_that_is_left_to_recovery_has_given_all_back() throws Exception {
        try (OpenTurn open = begun()) {
            Files.delete(open.files().status());
            Files.createDirectories(open.files().status().resolve("no file"));
            lastWrites(open).write(open.turn(), new TurnState.Completed(), null);
            assertTrue(open.turns().unfinished().containsKey(open.path()));
            assertTrue(Files.exists(marker(open)), "recovery would not know of it");
            assertGivenBack(open);
        }
    }

    @Test
    void a_turn_that_another_node_owns_by_now_is_let_go_and_has_given_all_back() throws Exception {
        try (OpenTurn open = begun()) {
            String before = Files.readString(open.files().status());
            lastWrites(open).abandon(open.turn());
            assertTrue(open.turn().log().isBrokenOff());
            open.turn().statusFile().replace(JsonSource.of("{}"));
            assertEquals(before, Files.readString(open.files().status()));
            assertEquals(0, Files.size(open.files().events()));
            assertGivenBack(open);
        }
    }

    /** With an answer that is large enough to be counted. */
    private OpenTurn begun() throws Exception {
        OpenTurn open = OpenTurn.in(folder);
        open.turns().enter();
        Files.createLink(marker(open), open.files().status());
        byte[] chunk = ("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(100_000) + "\"}}]}")
                .getBytes(UTF_8);
        open.turn().answer().add(chunk, 0, chunk.length);
        open.turns().answers().grew(open.turn());
        assertTrue(open.turns().answers().taken() > 0);
        return open;
    }

    private static Path marker(OpenTurn open) {
        return open.node().marker(open.path().marker());
    }

    private static void assertGivenBack(OpenTurn open) throws IOException {
        assertEquals(0, open.turns().count());
        assertTrue(open.turns().all().isEmpty());
        assertEquals(0, open.turns().answers().taken());
        RecordBatch more = new RecordBatch();
        more.begin(open.turn().log().position());
        LastRecords.addDone(more);
        assertThrows(IOException.class, () -> open.turn().log().append(more), "its descriptor");
        for (Path left : Folders.list(open.node().draft().getParent())) {
            // Where syncs are shared, a file that is done with is kept for the next turn.
            assertEquals("{}\n", Files.readString(left), "its drafts");
        }
    }

    private static LastWrites lastWrites(OpenTurn open) throws IOException {
        WebhookOutbox webhooks = new WebhookOutbox(open.node().webhooks(), InstantSource.system());
        return new LastWrites(open.node(), open.turns(), webhooks, true);
    }
}
