package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import offload.eventlog.RecordBatch;
import offload.files.SyncPolicy;
import offload.status.StatusParts;
import offload.turn.TurnState;
import offload.upstream.ChatEnd;
import offload.webhook.WebhookOutbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told, and woken by, is what was done. */
class TurnNumbersTest {
    private static final byte[] EVENT = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}".getBytes(UTF_8);

    @TempDir
    Path folder;

    @Test
    void each_event_is_counted_however_many_come_together_and_only_the_first_for_how_long_it_took() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            TurnRun.of(open, sink -> {
                sink.event("message", EVENT, 0, EVENT.length);
                sink.event("message", EVENT, 0, EVENT.length);
                sink.flush();
                sink.event("message", EVENT, 0, EVENT.length);
                return new ChatEnd.Done();
            });
            assertEquals(3, number(open, "offload_events_appended_total"));
            assertEquals(1, number(open, "offload_first_event_seconds_count"));
            assertEquals(1, number(open, "offload_turns_total{outcome=\"completed\"}"));
        }
    }

    @Test
    void an_end_that_cannot_be_forced_to_the_device_is_a_sync_error_and_a_turn_that_failed() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            Path gone = open.node().draft();
            assertThrows(IOException.class, () -> open.turn().log().syncAll(gone));
            new LastWrites(open.node(), open.turns(), webhooks(open), true)
                    .write(open.turn(), new TurnState.Completed(), null);
            assertEquals(1, number(open, "offload_sync_errors_total"));
            assertEquals(1, number(open, "offload_turns_total{outcome=\"failed\"}"));
            assertEquals(0, number(open, "offload_turns_total{outcome=\"completed\"}"));
        }
    }

    @Test
    void where_each_event_is_forced_to_the_device_each_time_is_measured() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            RunningTurns turns = open.turns();
            RecordBatch batch = new RecordBatch();
            batch.begin(0);
            batch.add(EVENT, 0, EVENT.length);
            new LogAppender(open.node(), SyncPolicy.EVENT, turns.space(), turns.numbers(), turns.answers())
                    .append(open.turn(), batch);
            assertEquals(1, number(open, "offload_sync_seconds_count"));
        }
    }

    @Test
    void a_turn_that_was_left_and_is_finished_here_is_a_recovered_one() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder);
                Execution execution = new Execution(
                        open.data(), open.node(), open.turns(), new NoUpstream(), webhooks(open), SyncPolicy.NEVER)) {
            byte[] running = open.turn().status().bytes();
            Files.write(open.files().status(), running);
            execution.finishLeft(open.path(), open.files(), StatusParts.parse(running), null);
            assertEquals(1, number(open, "offload_turns_recovered_total"));
        }
    }

    private static WebhookOutbox webhooks(OpenTurn open) throws IOException {
        return new WebhookOutbox(open.node().webhooks(), InstantSource.system());
    }

    private static long number(OpenTurn open, String name) {
        StringBuilder text = new StringBuilder();
        open.turns().families().forEach(family -> family.render(text));
        return text.toString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .sum();
    }
}
