package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.FutureTask;
import offload.engine.execution.OpenTurn;
import offload.engine.execution.RunningTurns;
import offload.files.DataFolder;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.files.TurnFiles;
import offload.testing.Unknown;
import offload.testing.Until;
import offload.turn.Access;
import offload.turn.TurnPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stopping what runs here, and on another server. */
class StopsTest {
    private static final TurnPath PATH = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");

    @TempDir
    Path folder;

    private DataFolder data;

    @BeforeEach
    void open() throws IOException {
        data = new DataFolder(folder);
    }

    @ParameterizedTest
    @CsvSource({"done, cancelled, STOPPED", "done, completed, FINISHED", "error, failed, FINISHED"})
    void a_turn_counts_as_stopped_and_has_a_stop_file_if_that_is_how_it_ended(
            String status, String state, Stops.Outcome outcome) throws Exception {
        TurnFiles files = elsewhere();
        Files.writeString(files.status(), status("streaming", "in_progress"));
        try (NodeFolder node = NodeFolder.create(data)) {
            Stops stops = new Stops(data, new RunningTurns(10, new FreeSpace(data, node, 0)));
            FutureTask<Stops.Outcome> asked = new FutureTask<>(() -> stops.stop(PATH));
            Thread.ofPlatform().start(asked);
            Until.holds("the stop file is there", () -> Files.exists(files.stop()));
            Path end = Files.writeString(folder.resolve("end"), status(status, state));
            Files.move(end, files.status(), StandardCopyOption.ATOMIC_MOVE);
            assertEquals(outcome, asked.get());
            assertEquals(outcome == Stops.Outcome.STOPPED, Files.exists(files.stop()));
        }
    }

    /** It stands still perhaps, or its network does: the stop file is what it will see. */
    @Test
    void a_turn_that_another_server_does_not_end_in_time_counts_as_stopped_and_keeps_its_stop_file() throws Exception {
        TurnFiles files = elsewhere();
        Files.writeString(files.status(), status("streaming", "in_progress"));
        try (NodeFolder node = NodeFolder.create(data)) {
            RunningTurns none = new RunningTurns(10, new FreeSpace(data, node, 0));
            assertEquals(Stops.Outcome.STOPPED, new Stops(data, none, 1).stop(PATH));
            assertTrue(Files.exists(files.stop()));
        }
    }

    /** Who has the answer reads what was kept, and goes on from it. */
    @Test
    void a_turn_that_runs_here_has_its_stop_file_at_once_and_is_final_before_who_stopped_it_is_told() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            FutureTask<Stops.Outcome> asked = waiting(open);
            assertTrue(Files.exists(open.files().stop()));
            open.leave();
            assertEquals(Stops.Outcome.STOPPED, asked.get());
        }
    }

    /** Else what the upstream had finished is told, for ever, as what was stopped. */
    @Test
    void a_turn_whose_call_was_over_before_has_finished_and_gets_no_stop_file() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.turns().interrupt();
            FutureTask<Stops.Outcome> asked = waiting(open);
            open.leave();
            assertEquals(Stops.Outcome.FINISHED, asked.get());
            assertFalse(Files.exists(open.files().stop()));
        }
    }

    /** On a full device for example, where a stop is what saves tokens that could not be kept. */
    @Test
    void a_turn_that_runs_here_stops_also_where_its_stop_file_cannot_be_made() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            Files.move(open.files().folder(), folder.resolve("away"));
            FutureTask<Stops.Outcome> asked = waiting(open);
            open.leave();
            assertEquals(Stops.Outcome.STOPPED, asked.get());
        }
    }

    /** Who asks for a stop has seen it run; then it ends, and is deleted, before the stop file is made. */
    @Test
    void a_stop_leaves_nothing_beside_what_was_deleted_meanwhile() throws Exception {
        TurnFiles files = elsewhere();
        Stops.leaveSign(files);
        assertFalse(Files.exists(files.stop()));
        Files.writeString(files.status(), status("streaming", "in_progress"));
        Stops.leaveSign(files);
        assertTrue(Files.exists(files.stop()));
    }

    @Test
    void a_stop_stays_where_nobody_can_tell_whether_its_turn_was_deleted() throws Exception {
        TurnFiles files = elsewhere();
        Unknown.at(files.status());
        assertTrue(Stops.leaveSign(files));
        assertTrue(Files.exists(files.stop()));
    }

    /** A folder for a turn of another server. */
    private TurnFiles elsewhere() throws IOException {
        data.makeFolder(PATH);
        return data.files(PATH);
    }

    /** A stop that was asked for, and waits for the turn's end. */
    private static FutureTask<Stops.Outcome> waiting(OpenTurn open) {
        Stops stops = new Stops(open.data(), open.turns());
        FutureTask<Stops.Outcome> asked = new FutureTask<>(() -> stops.stop(open.path()));
        Thread asking = Thread.ofPlatform().start(asked);
        Until.holds("it waits", () -> asking.getState() == Thread.State.TIMED_WAITING);
        return asked;
    }

    private static String status(String status, String state) {
        return "{\"status\":\"" + status + "\",\"state\":\"" + state + "\",\"the\":\"file\"}\n";
    }
}
