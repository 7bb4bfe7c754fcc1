package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import offload.files.NodeFolder;
import offload.json.Json;
import offload.testing.Until;
import offload.turn.ResponseFacts;
import offload.turn.StatusParts;
import offload.turn.StatusText;
import offload.turn.TurnPath;
import offload.turn.TurnState;
import offload.turn.TurnTimes;
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

    /** A status has no more than the second, and what is counted from its start was up to a second too long. */
    @Test
    void a_left_turn_began_when_its_marker_was_made_if_its_status_says_the_same_second() throws Exception {
        Path marker = folder.resolve("marker");
        String status =
                "{\"endpoints\":{\"status_url\":\"a.json\"},\"request\":{\"request_at\":%d,\"first_byte_time\":0.250}}";
        Files.writeString(marker, status.formatted(1772409598L));
        for (long millis : new long[] {1772409598000L, 1772409598999L}) {
            Files.setLastModifiedTime(marker, FileTime.fromMillis(millis));
            assertEquals(new TurnTimes(millis, millis + 250, null, null), timesOf(marker));
        }
        for (long millis : new long[] {0, 1772409597999L, 1772409599000L}) {
            Files.setLastModifiedTime(marker, FileTime.fromMillis(millis));
            assertEquals(new TurnTimes(1772409598000L, 1772409598250L, null, null), timesOf(marker));
        }
    }

    private static TurnTimes timesOf(Path marker) throws Exception {
        TurnPath path = TurnPath.parse("pub/2026/03/01/23/59/58/a").orElseThrow();
        return LeftStatus.parts(path, Files.readAllBytes(marker), marker).times();
    }
}
