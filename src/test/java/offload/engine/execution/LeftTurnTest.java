package offload.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import offload.files.NodeFolder;
import offload.json.Json;
import offload.status.ResponseFacts;
import offload.status.StatusParts;
import offload.status.StatusText;
import offload.testing.Until;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
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
                    .finish(parts, new Unfinished(new TurnState.Cancelled(), null));
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
}
