package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryFilesTest {
    @TempDir
    Path folder;

    /** Else one that somebody asks for again and again grows for ever. */
    @Test
    void an_entry_keeps_its_last_forty_tries() {
        WebhookEntry.Files files = new WebhookEntry.Files("record", "status");
        WebhookEntry entry = new WebhookEntry("t", "msg_1", "https://hooks.example.com/", files, null, List.of());
        for (int status = 501; status <= 545; status++) {
            entry = entry.after(new WebhookTry(Instant.EPOCH, Duration.ZERO, status, null, null, null), null);
        }
        assertEquals(
                IntStream.rangeClosed(506, 545).boxed().toList(),
                entry.tries().stream().map(WebhookTry::status).toList());
    }

    /** As when the server ends while a receiver answers: else that try would be forgotten, and made once more. */
    @Test
    void an_interrupted_thread_writes_an_entry_all_the_same() throws Exception {
        Path file = folder.resolve("t.json");
        WebhookEntry.Files files = new WebhookEntry.Files("record", "status");
        WebhookEntry entry = new WebhookEntry("t", "msg_1", "https://hooks.example.com/", files, null, List.of());
        Thread.currentThread().interrupt();
        EntryFiles.write(file, entry);
        assertTrue(Thread.interrupted());
        assertEquals(entry, EntryFiles.read(file));
    }

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
