package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import offload.eventlog.RecordBatch;
import offload.files.NodeFolder;
import offload.json.JsonSource;
import offload.testing.Until;
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
        try (OpenTurn open = OpenTurn.in(folder)) {
            NodeFolder node = open.node();
            WebhookOutbox webhooks = new WebhookOutbox(node.webhooks(), InstantSource.system());
            LastWrites last = new LastWrites(node, open.turns(), webhooks, false);
            Files.move(open.data().nodes().resolve(node.id()), folder.resolve("claimed"));
            Until.holds("the lease is over", () -> !node.isOurs());
            last.write(open.turn(), new TurnState.Cancelled(), null);
            assertTrue(open.turn().log().isBrokenOff());
            assertEquals(0, Files.size(open.files().events()));
            assertFalse(Files.exists(open.files().stop()));
        }
    }

    /** Else a crash from there on leaves what looks like the upstream's own end. */
    @Test
    void a_turn_that_was_stopped_has_its_stop_file_before_its_log_gets_its_end() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            NodeFolder node = open.node();
            WebhookOutbox webhooks = new WebhookOutbox(node.webhooks(), InstantSource.system());
            open.turn().log().close();
            new LastWrites(node, open.turns(), webhooks, false).write(open.turn(), new TurnState.Cancelled(), null);
            assertTrue(Files.exists(open.files().stop()));
        }
    }

    /** Else who reads the status has words that no reader of the events gets, and a turn that goes on from it has them, too. */
    @Test
    void a_status_does_not_tell_what_could_not_be_appended_to_the_log() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            NodeFolder node = open.node();
            WebhookOutbox webhooks = new WebhookOutbox(node.webhooks(), InstantSource.system());
            RunningTurn turn = open.turn();
            RecordBatch batch = new RecordBatch();
            batch.begin(0);
            hears(turn, batch, "kept");
            turn.log().append(batch);
            batch.begin(turn.log().position());
            hears(turn, batch, " and lost");
            new LastWrites(node, open.turns(), webhooks, false)
                    .write(
                            turn,
                            new TurnState.Failed(StorageFailure.of(new IOException("No space left on device"))),
                            null);
            String status = Files.readString(open.files().status());
            assertTrue(status.contains("\"content\":\"kept\""), status);
            assertTrue(status.contains("\"code\":\"storage_full\""), status);
        }
    }

    /** The system may give no thread for the blocking of one's own: its thread ends, and nobody else knows of the turn. */
    @Test
    void a_turn_whose_last_writes_end_in_an_error_of_the_virtual_machine_is_left_to_recovery_as_it_ended()
            throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            NodeFolder node = open.node();
            WebhookOutbox webhooks = new WebhookOutbox(node.webhooks(), InstantSource.system());
            TurnState failed = new TurnState.Failed(StorageFailure.of(new IOException("No space left on device")));
            JsonSource noThread = new JsonSource() {
                @Override
                public int length() {
                    return 2;
                }

                @Override
                public void writeTo(OutputStream out) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
            };
            new LastWrites(node, open.turns(), webhooks, false).write(open.turn(), failed, noThread);
            assertEquals(failed, open.turns().unfinished().get(open.path()).state());
            assertTrue(open.turn().log().isBrokenOff());
            assertTrue(open.turn().awaitFinal(0));
            assertTrue(open.turns().all().isEmpty());
        }
    }

    private static void hears(RunningTurn turn, RecordBatch batch, String words) throws Exception {
        byte[] chunk = ("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + words + "\"}}]}").getBytes(UTF_8);
        turn.answer().add(chunk, 0, chunk.length);
        batch.add(chunk, 0, chunk.length);
        turn.answerReaches(batch.end());
    }
}
