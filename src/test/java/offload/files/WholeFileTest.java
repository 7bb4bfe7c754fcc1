package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
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

    /** As on a full device, or where the history that it tells is damaged. */
    @Test
    void a_status_that_cannot_be_written_to_its_end_leaves_no_draft_and_the_one_before() throws IOException {
        Path draft = folder.resolve("draft");
        Path status = Files.writeString(folder.resolve("name.json"), "before");
        JsonSource torn = new JsonSource() {
            @Override
            public int length() {
                return 2;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write('{');
                throw new IOException("no more");
            }
        };
        assertThrows(IOException.class, () -> WholeFile.replace(draft, status, torn, null));
        assertFalse(Files.exists(draft));
        assertEquals("before", Files.readString(status));
    }

    /** Else what a link in the data folder leads to is shown to everybody. */
    @Test
    void what_is_no_plain_file_is_no_status_and_will_be_none() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "{\"status\":\"streaming\"}");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), elsewhere);
        for (Path odd : new Path[] {folder.resolve("gone.json"), folder, link}) {
            assertNull(WholeFile.read(odd));
            assertNull(StatusFile.beginning(odd));
            assertThrows(NoSuchFileException.class, () -> StatusFile.isFinal(odd));
            assertTrue(StatusFile.isFinalOrGone(odd));
        }
        assertFalse(StatusFile.isFinalOrGone(elsewhere));
    }
}
