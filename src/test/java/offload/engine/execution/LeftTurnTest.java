package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Map;
import offload.eventlog.RecordBatch;
import offload.files.NodeFolder;
import offload.files.StatusFile;
import offload.json.Json;
import offload.json.JsonSource;
import offload.status.ResponseFacts;
import offload.status.StatusParts;
import offload.status.StatusText;
import offload.testing.Until;
import offload.turn.TurnError;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftTurnTest {
    @TempDir
    Path folder;

    /** Else a crash between its log's end and its status would have it end as an answer that is whole. */
    @Test
    void a_stopped_turn_for_whose_stop_file_there_was_no_room_has_one_once_it_is_final() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            NodeFolder node = open.node();
            WebhookOutbox webhooks = new WebhookOutbox(node.webhooks(), InstantSource.system());
            LastWrites last = new LastWrites(node, open.turns(), webhooks, false);
            StatusParts parts = StatusParts.parse(open.turn().status().bytes());
            new LeftTurn(open.path(), open.files(), node, last)
                    .finish(parts, new Unfinished(new TurnState.Cancelled(), null, null));
            assertTrue(StatusText.isStopped(Files.readAllBytes(open.files().status())));
            assertTrue(Files.exists(open.files().stop()));
        }
    }

    @Test
    void a_turn_left_before_the_first_event_ended_no_sooner_than_the_upstream_answered() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            NodeFolder node = open.node();
            LastWrites last = new LastWrites(
                    node, open.turns(), new WebhookOutbox(node.webhooks(), InstantSource.system()), false);
            long begun = open.turn().now();
            Until.holds("a moment has passed", () -> open.turn().now() > begun + 1);
            open.turn().responded(ResponseFacts.NONE);
            StatusParts parts = StatusParts.parse(open.turn().status().bytes());
            Files.setLastModifiedTime(open.files().events(), FileTime.fromMillis(0));
            new LeftTurn(open.path(), open.files(), node, last).finish(parts, null);
            JsonObject request =
                    Json.object(Files.readAllBytes(open.files().status())).getJsonObject("request");
            assertEquals(request.getJsonNumber("first_byte_time"), request.getJsonNumber("request_time"));
        }
    }

    /** As after a power cut that took it, or a hand. */
    @Test
    void a_turn_whose_log_is_gone_gets_one_with_its_end() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            StatusParts parts = StatusParts.parse(open.turn().status().bytes());
            Files.delete(open.files().events());
            finish(open, parts, null);
            assertTrue(StatusFile.isFinal(open.files().status()));
            assertTrue(Files.readString(open.files().events()).contains("data: [DONE]\n"));
        }
    }

    /** Whoever mends logs by hand, or a disk that rots: else readers of it are never let go. */
    @Test
    void a_record_that_is_no_chunk_keeps_no_turn_from_its_end() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            StatusParts parts = StatusParts.parse(open.turn().status().bytes());
            byte[] rot = "{\"choices\":".getBytes(UTF_8);
            RecordBatch batch = new RecordBatch();
            batch.begin(0);
            batch.add(rot, 0, rot.length);
            open.turn().log().append(batch);
            finish(open, parts, null);
            assertTrue(StatusFile.isFinal(open.files().status()));
        }
    }

    @Test
    void a_status_keeps_what_the_upstream_refused_the_call_with_whoever_writes_it() throws Exception {
        TurnState refused = new TurnState.Failed(
                new TurnError(TurnError.UPSTREAM_ERROR, "no such model", "invalid_request_error", false, 404));
        JsonSource said = JsonSource.of("{\"error\":{\"message\":\"no such model\"}}");
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.turn().responded(ResponseFacts.of(404, "HTTP/1.1", Map.of()));
            StatusParts untold = StatusParts.parse(open.turn().status().bytes());
            StatusParts noted = StatusParts.parse(open.turn().status(said).bytes());
            finish(open, untold, new Unfinished(refused, said, null));
            assertEquals(Json.object(said.bytes()), body(open));
            // The log tells by now that the turn failed: so a later server finds it.
            finish(open, noted, null);
            assertEquals(Json.object(said.bytes()), body(open));
        }
    }

    private static JsonObject body(OpenTurn open) throws Exception {
        JsonObject status = Json.object(Files.readAllBytes(open.files().status()));
        assertEquals("upstream_error", status.getJsonObject("error").getString("code"));
        assertEquals(404, status.getJsonObject("response").getInt("status_code"));
        return status.getJsonObject("response").getJsonObject("body");
    }

    private static void finish(OpenTurn open, StatusParts parts, @Nullable Unfinished known) throws IOException {
        WebhookOutbox webhooks = new WebhookOutbox(open.node().webhooks(), InstantSource.system());
        LastWrites last = new LastWrites(open.node(), open.turns(), webhooks, false);
        new LeftTurn(open.path(), open.files(), open.node(), last).finish(parts, known);
    }
}
