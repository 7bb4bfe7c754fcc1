package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryFilesTest {
    @TempDir
    Path folder;

    /** Else its node's folder, which goes only when it is empty, stays when the server ends. */
    @Test
    void an_entry_that_cannot_be_written_leaves_no_draft() throws Exception {
        Path inTheWay = folder.resolve("t.json");
        Files.createDirectories(inTheWay.resolve("full"));
        WebhookEntry.Files files = new WebhookEntry.Files("record", null);
        WebhookEntry entry = new WebhookEntry("t", "msg_1", "https://hooks.example.com/", files, null, List.of());
        assertThrows(IOException.class, () -> EntryFiles.write(inTheWay, entry));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(inTheWay), left.toList());
        }
    }
}
