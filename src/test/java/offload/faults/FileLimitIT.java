package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that may write short files only. */
class FileLimitIT {
    @TempDir
    Path data;

    @Test
    void a_turn_whose_log_may_grow_no_more_ends_as_storage_full_and_the_next_one_has_its_room() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = limited(2048, upstream.base())) {
            // So short that what the limit leaves is not enough for what ends the turn.
            upstream.then(Talk.words(20_000, 0));
            Turn turn = Turn.submit(node, data);
            Until.holds("the turn is final", turn::isFinal);
            assertEquals("storage_full", turn.errorCode());
            turn.assertSound();
            upstream.then(Talk.words(3, 0));
            Turn next = Turn.submit(node, data);
            Until.holds("a short one ends", next::isFinal);
            assertEquals("done", next.status().getString("status"));
        }
    }

    @Test
    void a_server_whose_files_would_be_too_short_does_not_start_and_says_what_to_do() {
        AssertionError refused =
                assertThrows(AssertionError.class, () -> limited(1024, URI.create("http://127.0.0.1:9/v1")));
        String said = refused + " " + refused.getCause();
        assertTrue(said.contains("could not start: files of this process may have 1048576 bytes"), said);
        assertFalse(said.contains("\tat "), said);
    }

    /** With so many KiB to a file. */
    private Node limited(int most, URI upstream) throws IOException {
        // Of bash: in a POSIX shell the unit is 512 bytes.
        return Node.startUnder(
                List.of("bash", "-c", "ulimit -f " + most + "; exec \"$@\"", "bash"), data, upstream, Map.of());
    }
}
