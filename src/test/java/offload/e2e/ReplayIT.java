package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.disk.Folders;
import offload.testing.RawHttp;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that one after the other reads, and what changes meanwhile. */
class ReplayIT {
    private static final String TURN = "pub/2025/01/02/03/04/05/turn";
    private static final String FINAL = "{\"status\":\"done\",\"state\":\"completed\",\"response\":{\"body\":{}}}";

    @TempDir
    Path folder;

    private FrontDoor door;
    private Path log;
    private URI url;

    @BeforeEach
    void start() throws Exception {
        Path data = folder.resolve("data");
        door = FrontDoor.open(folder, Map.of("data-dir", data.toString()));
        Files.createDirectories(data.resolve(TURN).getParent());
        Files.writeString(data.resolve(TURN + ".json"), FINAL);
        log = Files.writeString(data.resolve(TURN + ".txt"), text('a'));
        url = URI.create("http://127.0.0.1:" + door.port() + "/1/r/" + TURN + ".txt");
    }

    @AfterEach
    void stop() {
        door.close();
    }

    /** Longer than what goes out with the head. */
    private static String text(char letter) {
        String first = "data: " + String.valueOf(letter).repeat(50_000) + "\n";
        int end = first.length() + "id: 50019\n\n".length();
        String record = first + "id: " + end + "\n\n";
        return record + "data: [DONE]\nid: " + (record.length() + "data: [DONE]\nid: 50042\n\n".length()) + "\n\n";
    }

    private String read(String... headers) throws Exception {
        return RawHttp.exchange("GET", url, null, headers).text();
    }

    @Test
    void what_is_read_again_is_the_same_whole_or_in_part() throws Exception {
        String all = text('a');
        for (int i = 0; i < 4; i++) {
            assertEquals(all, read());
            assertEquals(all.substring(40_000, 40_101), read("Range: bytes=40000-40100"));
            assertEquals(
                    all.substring(all.indexOf("data: [DONE]")), read("Last-Event-ID: " + all.indexOf("data: [DONE]")));
            assertEquals(
                    String.valueOf(all.length()),
                    RawHttp.exchange("HEAD", url, null).header("Content-Length"));
        }
    }

    @Test
    void one_that_was_replaced_or_removed_is_so_at_once_and_gives_its_space_back() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEquals(text('a'), read());
        }
        Path other = Files.writeString(folder.resolve("other"), text('b'));
        Files.move(other, log, StandardCopyOption.ATOMIC_MOVE);
        for (int i = 0; i < 3; i++) {
            assertEquals(text('b'), read());
        }
        assertEquals(
                204,
                RawHttp.exchange("DELETE", URI.create(url.toString().replace(".txt", ".json")), null)
                        .status());
        assertEquals(404, RawHttp.exchange("GET", url, null).status());
        Until.holds(
                "the removed log is closed",
                () -> Folders.list(Path.of("/proc/self/fd")).stream()
                        .noneMatch(descriptor -> leadsTo(descriptor, log)));
    }

    /** The log of another server's turn, which nobody takes for whole because it was read before. */
    @Test
    void one_that_grows_elsewhere_is_followed_however_often_it_was_read() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (FrontDoor other =
                FrontDoor.open(folder, Map.of("data-dir", folder.resolve("data").toString()))) {
            other.answer("first", go, "second");
            Turn turn = Turn.submit(other);
            URI here = door.here(turn.events().toString());
            long begun = System.currentTimeMillis();
            Until.holds("its name cannot be given again", () -> System.currentTimeMillis() - begun > 2_100);
            for (int i = 0; i < 3; i++) {
                try (SseRecorder reader = SseRecorder.open(here)) {
                    Until.holds("the first event", () -> !reader.events().isEmpty());
                }
            }
            try (SseRecorder last = SseRecorder.open(here)) {
                Until.holds("the first event", () -> !last.events().isEmpty());
                go.countDown();
                Until.holds("the end", () -> last.events().getLast().data().equals("[DONE]"));
                assertEquals(3, last.events().size());
            }
        } finally {
            go.countDown();
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith(file.toString());
        } catch (IOException e) {
            return false;
        }
    }
}
