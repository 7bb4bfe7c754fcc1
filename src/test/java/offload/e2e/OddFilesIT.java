package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import offload.testing.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another service left in the data folder, and is no plain file, counts as not there: nothing is shown, nothing waits. */
class OddFilesIT {
    private static final String TURN = "pub/2025/01/02/03/04/05/";
    private static final String FINAL = "{\"status\":\"done\",\"state\":\"completed\",\"response\":{\"body\":{}}}";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static FrontDoor door;
    private static Path seconds;

    @BeforeAll
    static void start() throws Exception {
        door = FrontDoor.open(folder, Map.of("data-dir", folder.resolve("data").toString()));
        seconds = Files.createDirectories(folder.resolve("data").resolve(TURN));
        Path outside = Files.writeString(folder.resolve("outside"), FINAL.replace("{}", "\"outside\""));
        for (String ending : new String[] {".json", ".txt", ".raw", ".webhook.json"}) {
            Files.createSymbolicLink(odd("link", ending), outside);
            Files.createSymbolicLink(odd("endless", ending), Path.of("/dev/zero"));
            Files.createDirectory(odd("folder", ending));
            assertEquals(
                    0,
                    new ProcessBuilder("mkfifo", odd("pipe", ending).toString())
                            .start()
                            .waitFor());
        }
    }

    /** The status itself is odd where the file is, or else a whole one beside odd others. */
    private static Path odd(String kind, String ending) throws IOException {
        if (!ending.equals(".json")) {
            Files.writeString(seconds.resolve(kind + "-beside.json"), FINAL);
            return seconds.resolve(kind + "-beside" + ending);
        }
        return seconds.resolve(kind + ending);
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "endless", "folder", "pipe"})
    void it_is_not_found(String kind) {
        String[] files = {".json", ".json?wait=1", ".txt", ".raw", "-beside.txt", "-beside.raw", "-beside.webhook.json"
        };
        for (String file : files) {
            assertTimeoutPreemptively(LONG, () -> assertNotFound(kind + file));
        }
    }

    private static void assertNotFound(String file) throws IOException {
        try (RawHttp http = door.send(FrontDoor.get("/1/r/" + TURN + file))) {
            RawHttp.Response response = http.response();
            assertEquals(404, response.status(), file);
            assertFalse(response.text().contains("outside"), file);
        }
    }
}
