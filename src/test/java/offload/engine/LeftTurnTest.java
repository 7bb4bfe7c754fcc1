package offload.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import offload.files.NodeFolder;
import offload.turn.StatusParts;
import offload.turn.StatusText;
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
}
