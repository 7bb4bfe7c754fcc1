package offload.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import offload.engine.execution.OpenTurn;
import offload.files.FollowedTail;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusesTest {
    private static final String DONE = "{\"status\":\"done\",\"the\":\"file\"}";

    @TempDir
    Path folder;

    @Test
    void a_turn_that_becomes_final_while_its_status_is_put_together_is_answered_from_its_file() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            FutureTask<Statuses.View> asked =
                    new FutureTask<>(() -> statuses(open).find(open.path()));
            Thread asking = Thread.ofPlatform().unstarted(asked);
            // The answer so far is what a status is put together from: it is held until the turn has ended.
            synchronized (open.turn().answer()) {
                asking.start();
                Until.holds("the status is being put together", () -> asking.getState() == Thread.State.BLOCKED);
                Files.writeString(open.files().status(), DONE);
                open.leave();
            }
            assertEquals(new Statuses.Final(open.files().status()), asked.get());
        }
    }

    /** As for a moment while the folder is forced to the device: who follows on another server has [DONE] by then. */
    @Test
    void a_turn_whose_final_status_is_published_is_final_here_before_its_last_writes_are_through() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder);
                FollowedTail elsewhere = new FollowedTail(open.files())) {
            open.endLog();
            assertTrue(!elsewhere.hasEnded() && statuses(open).find(open.path()) instanceof Statuses.Running);
            assertSame(open.turn(), open.turns().live(open.path()));
            Files.writeString(open.files().status(), DONE);
            assertTrue(elsewhere.hasEnded());
            // So its events are those of the file here, too.
            assertNull(open.turns().live(open.path()));
            assertEquals(
                    new Statuses.Final(open.files().status()), statuses(open).find(open.path()));
        }
    }

    /** As the next start finds it where a power cut came before its content. */
    @Test
    void a_status_file_that_is_json_but_no_status_is_damaged_and_named() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Files.writeString(open.files().status(), "{}\n");
            IOException failure =
                    assertThrows(IOException.class, () -> statuses(open).find(open.path()));
            assertTrue(
                    String.valueOf(failure.getMessage()).contains(open.files().status() + " is damaged"));
        }
    }

    /** Else who asks for large ones is refused after a while, for lack of memory that nobody has. */
    @Test
    void the_memory_for_a_status_is_given_back_however_it_is_answered() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            DocumentMemory memory = new DocumentMemory(1_000_000, Duration.ZERO);
            long all = memory.left();
            Statuses statuses = statuses(open, memory);
            Path file = open.files().status();
            byte[] running = open.turn().status().bytes();
            Files.writeString(file, new String(running, UTF_8) + " ".repeat(20_000));
            try (Statuses.View view = Objects.requireNonNull(statuses.find(open.path()))) {
                assertInstanceOf(Statuses.Running.class, view);
                assertTrue(memory.left() > all - 20_000, "what taking it apart took is back");
            }
            assertEquals(all, memory.left());
            Files.writeString(file, "{}" + " ".repeat(20_000));
            assertThrows(IOException.class, () -> statuses.find(open.path()));
            assertEquals(all, memory.left());
        }
    }

    private static Statuses statuses(OpenTurn open) {
        return statuses(open, new DocumentMemory(2));
    }

    private static Statuses statuses(OpenTurn open, DocumentMemory memory) {
        return new Statuses(open.data(), open.turns(), memory, new Orphans(open.data(), memory));
    }
}
