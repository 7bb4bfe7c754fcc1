package offload.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server removes by itself: else a data folder only grows. */
class OldFilesIT {
    @TempDir
    Path folder;

    @Test
    void days_and_names_and_answers_that_are_too_old_go_when_a_server_has_started() throws Exception {
        Path day = Files.createDirectories(folder.resolve("pub/2020/01/02"));
        Path name = old(".offload/deleted/pub-2020-01-02-03-04-05-t");
        Path answer = old(".offload/idempotency/answer");
        try (FrontDoor _ = FrontDoor.open(folder, Map.of("data-dir", folder.toString(), "retention.days", "7"))) {
            for (Path file : new Path[] {day, name, answer}) {
                Until.holds(file + " is gone", () -> !Files.exists(file));
            }
        }
    }

    private Path old(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }
}
