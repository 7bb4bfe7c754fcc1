package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import offload.files.NodeFolder;
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
}
