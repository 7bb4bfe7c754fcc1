package offload.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import offload.eventlog.RecordBatch;
import offload.files.StatusWriter;
import offload.files.TurnClaim;
import offload.files.TurnFiles;
import offload.status.ResponseFacts;
import offload.sweep.Failures;
import offload.testing.LoggedLines;
import offload.turn.Access;
import offload.turn.TurnPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often status files are rewritten. */
class StatusUpdaterTest {

    @Test
    void a_few_turns_have_theirs_rewritten_every_two_seconds() {
        assertEquals(Duration.ofSeconds(2).toNanos(), StatusUpdater.pace(1, 2_000));
        assertEquals(Duration.ofSeconds(2).toNanos(), StatusUpdater.pace(200, 400_000));
    }

    @ParameterizedTest
    @CsvSource({"300, 3", "500, 5", "501, 5", "100000, 5"})
    void many_turns_share_the_rewrites_of_a_second_and_each_has_its_own_every_five_at_the_latest(
            int running, int seconds) {
        assertEquals(Duration.ofSeconds(seconds).toNanos(), StatusUpdater.pace(running, 2_000L * running));
    }

    @ParameterizedTest
    @CsvSource({"40, 2", "80, 4", "1000, 5"})
    void large_ones_share_twenty_megabytes_a_second_and_each_has_its_own_every_five_seconds_at_the_latest(
            int megabytes, int seconds) {
        assertEquals(Duration.ofSeconds(seconds).toNanos(), StatusUpdater.pace(10, megabytes * 1_000_000L));
    }

    @Test
    void a_folder_that_takes_no_status_is_told_once_and_not_for_each_rewrite(@TempDir Path folder) throws Exception {
        try (OpenTurn open = OpenTurn.in(folder);
                LoggedLines lines = LoggedLines.of(Failures.class)) {
            open.turn().streaming();
            Path drafts = Objects.requireNonNull(open.node().draft().getParent());
            Path away = Files.move(drafts, folder.resolve("away"));
            StatusUpdater updater = new StatusUpdater(open.node(), open.turns());
            for (int turn = 0; turn < 3; turn++) {
                updater.round();
                open.turns().remove(open.turn());
                updater.round();
                open.turns().add(open.turn());
            }
            assertEquals(1, lines.all().size(), lines::toString);
            assertTrue(lines.all().getFirst().contains(open.path().relative()), lines::toString);
            Files.move(away, drafts);
            updater.round();
            assertEquals(
                    "statuses of running turns: works again, after 2 more of the last cause",
                    lines.all().getLast());
            open.leave();
        }
    }

    @Test
    void one_that_goes_well_beside_others_that_fail_does_not_have_them_told_again(@TempDir Path folder)
            throws Exception {
        try (OpenTurn open = OpenTurn.in(folder);
                LoggedLines lines = LoggedLines.of(Failures.class)) {
            StatusUpdater updater = new StatusUpdater(open.node(), open.turns());
            RunningTurn[] order = {inNoFolder(open, "first"), open.turn(), inNoFolder(open, "second")};
            open.turns().remove(open.turn());
            for (RunningTurn turn : order) {
                turn.streaming();
                open.turns().add(turn);
                updater.round();
            }
            assertEquals(1, lines.all().size(), lines::toString);
            for (RunningTurn turn : order) {
                open.turns().remove(turn);
            }
            updater.round();
            open.turns().add(open.turn());
            updater.round();
            assertEquals(
                    "statuses of running turns: works again, after 1 more of the last cause",
                    lines.all().getLast());
            open.leave();
        }
    }

    /** File systems make each rewrite dear. */
    @Test
    void a_status_is_rewritten_when_the_first_event_has_come_and_not_again_at_the_next_look(@TempDir Path folder)
            throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            StatusUpdater updater = new StatusUpdater(open.node(), open.turns());
            Path status = open.files().status();
            String first = Files.readString(status);
            updater.round();
            assertEquals(first, Files.readString(status));
            open.turn().streaming();
            updater.round();
            String second = Files.readString(status);
            assertTrue(second.startsWith("{\"status\":\"streaming\",\"state\""), second);
            open.turn().responded(ResponseFacts.of(200, "HTTP/1.1", Map.of()));
            RecordBatch more = new RecordBatch();
            more.begin(0);
            LastRecords.addDone(more);
            open.turn().log().append(more);
            open.turn().log().publish(more);
            updater.round();
            assertEquals(second, Files.readString(status));
            open.leave();
        }
    }

    private static RunningTurn inNoFolder(OpenTurn open, String name) {
        TurnPath path = new TurnPath(Access.PUBLIC, 1_800_000_000, name);
        TurnFiles files = open.data().files(path);
        TurnClaim claim = new TurnClaim(path, open.turn().log(), new StatusWriter(open.node(), files.status()));
        return new RunningTurn(claim, files, open.turn().document(), 90_000, false);
    }
}
