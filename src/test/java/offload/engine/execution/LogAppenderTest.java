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
import offload.eventlog.EventLog;
import offload.eventlog.RecordBatch;
import offload.files.StatusWriter;
import offload.files.SyncPolicy;
import offload.files.TurnClaim;
import offload.testing.Until;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogAppenderTest {
    private static final Path FULL_DEVICE = Path.of("/dev/full");

    @TempDir
    Path folder;

    /** Whoever owns it by now has its readers as well, and gives it another end. */
    @Test
    void of_a_turn_that_another_node_owns_by_now_nothing_is_written_and_nothing_that_was_written_is_shown()
            throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            LogAppender appender = appender(open);
            RecordBatch batch = token();
            appender.append(open.turn(), batch);
            long whole = open.turn().log().position();
            Files.move(open.data().nodes().resolve(open.node().id()), folder.resolve("claimed"));
            Until.holds("the lease is over", () -> !open.node().isOurs());
            assertThrows(IOException.class, () -> appender.publish(open.turn(), batch));
            assertEquals(0, open.turn().log().published());
            assertThrows(IOException.class, () -> appender.append(open.turn(), token()));
            assertEquals(whole, Files.size(open.files().events()));
            assertEquals(Ending.LOST, open.turn().leaveUpstream());
        }
    }

    /** Else others go on into the room that is kept for the ends of those that run. */
    @Test
    void a_device_that_an_event_finds_full_takes_nothing_new() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder);
                EventLog log = new EventLog(FULL_DEVICE, open.data().device())) {
            RunningTurn turn = on(log, open);
            LogAppender appender = appender(open);
            assertThrows(IOException.class, () -> appender.append(turn, token()));
            assertTrue(open.turns().space().isLow());
            assertFalse(Files.exists(ballast(open)));
            assertThrows(IOException.class, () -> appender.append(open.turn(), token()));
            assertEquals(0, Files.size(open.files().events()));
        }
    }

    @Test
    void a_device_that_the_end_of_a_turn_finds_full_gives_it_the_room_that_is_kept_for_that() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder);
                EventLog log = new EventLog(FULL_DEVICE, open.data().device())) {
            RunningTurn turn = on(log, open);
            WebhookOutbox webhooks = new WebhookOutbox(open.node().webhooks(), InstantSource.system());
            new LastWrites(open.node(), open.turns(), webhooks, false).write(turn, new TurnState.Completed(), null);
            assertTrue(open.turns().space().isLow());
            assertFalse(Files.exists(ballast(open)));
            assertTrue(open.turns().unfinished().containsKey(open.path()));
        }
    }

    /** Else answers that are large together end the server. */
    @Test
    void what_an_answer_takes_is_counted_when_it_is_shown() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            LogAppender appender = appender(open);
            RecordBatch batch = token();
            byte[] large = ("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(100_000) + "\"}}]}")
                    .getBytes(UTF_8);
            open.turn().answer().add(large, 0, large.length);
            appender.append(open.turn(), batch);
            appender.publish(open.turn(), batch);
            assertTrue(open.turns().answers().taken() >= large.length);
        }
    }

    private static RunningTurn on(EventLog log, OpenTurn open) throws IOException {
        Files.createFile(ballast(open));
        TurnClaim claim = new TurnClaim(
                open.path(), log, new StatusWriter(open.node(), open.files().status()));
        return new RunningTurn(claim, open.files(), open.turn().document(), 90_000, false);
    }

    private static Path ballast(OpenTurn open) {
        return open.data().nodes().resolve(open.node().id()).resolve("ballast");
    }

    private static LogAppender appender(OpenTurn open) {
        RunningTurns turns = open.turns();
        return new LogAppender(open.node(), SyncPolicy.NEVER, turns.space(), turns.numbers(), turns.answers());
    }

    private static RecordBatch token() {
        byte[] token = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}".getBytes(UTF_8);
        RecordBatch batch = new RecordBatch();
        batch.begin(0);
        batch.add(token, 0, token.length);
        return batch;
    }
}
