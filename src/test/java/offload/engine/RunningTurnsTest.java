package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import offload.files.DataFolder;
import offload.files.Descriptors;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may begin. */
class RunningTurnsTest {
    @TempDir
    Path folder;

    @Test
    void a_turn_for_which_there_may_be_no_descriptor_is_refused_until_another_has_ended() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            RunningTurns turns = new RunningTurns(10, new FreeSpace(data, node, 0), new Descriptors(97));
            turns.enter();
            ApiException refused = assertThrows(ApiException.class, turns::enter);
            assertEquals(ApiError.TOO_MANY_TURNS, refused.error());
            assertEquals("5", refused.headers().get("Retry-After"));
            assertEquals(1, turns.count());
            turns.leave();
            turns.enter();
            assertEquals(1, turns.count());
        }
    }
}
