package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import offload.files.DataFolder;
import offload.files.Folders;
import offload.files.NodeFolder;
import offload.turn.TurnTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyTest {
    @TempDir
    Path folder;

    private int runs;

    @Test
    void an_answer_is_kept_for_24_hours_and_not_for_ever() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            Idempotency idempotency = new Idempotency(data, node, new TurnTokens(new byte[32]), false);
            assertEquals(1, once(idempotency));
            age(data, Duration.ofHours(24).minusMinutes(1));
            idempotency.round();
            assertEquals(1, once(idempotency));
            age(data, Duration.ofHours(24).plusMinutes(1));
            idempotency.round();
            assertEquals(2, once(idempotency));
        }
    }

    private int once(Idempotency idempotency) throws Exception {
        return idempotency.once("owner", "key", "body", this::run).getInt("run");
    }

    private JsonObject run() {
        return Json.createObjectBuilder().add("run", ++runs).build();
    }

    private static void age(DataFolder data, Duration age) throws Exception {
        for (Path file : Folders.list(data.idempotency())) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        }
    }

    @Test
    void an_answer_that_cannot_be_kept_is_given_all_the_same_because_its_turn_runs() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            Idempotency idempotency = new Idempotency(data, node, new TurnTokens(new byte[32]), false);
            JsonObject answer = Json.createObjectBuilder().add("n", 1).build();
            Path drafts = node.draft().getParent();
            assertEquals(answer, idempotency.once("owner", "key", "body", () -> {
                Files.delete(drafts);
                return answer;
            }));
            Files.createDirectory(drafts);
        }
    }
}
