package offload.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import offload.json.JsonSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    /** Every two seconds there would be one more, as long as the turn runs. */
    @Test
    void a_status_whose_folder_was_removed_by_hand_leaves_no_draft() {
        Path draft = folder.resolve("draft");
        assertThrows(
                NoSuchFileException.class,
                () -> WholeFile.replace(draft, folder.resolve("gone/name.json"), JsonSource.of("{}"), null));
        assertFalse(Files.exists(draft));
    }
}
