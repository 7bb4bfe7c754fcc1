package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import offload.disk.Folders;
import offload.json.JsonSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another service that may write into the folder must not make the server write where only the server may, or wait. */
class OddStatusTest {
    private static final int MORE_THAN_ARE_EXCHANGED = 8;

    @TempDir
    Path folder;

    private NodeFolder node;
    private Path target;
    private StatusWriter writer;

    @BeforeEach
    void makeStatus() throws Exception {
        node = NodeFolder.create(new DataFolder(folder.resolve("data")));
        target = Files.writeString(folder.resolve("name.json"), "first");
        writer = new StatusWriter(node, target);
    }

    @AfterEach
    void leave() throws Exception {
        node.close();
    }

    private interface Odd {
        void make(Path place) throws Exception;
    }

    private void replaceTimeAndAgain(Odd odd) throws Exception {
        for (int i = 0; i < MORE_THAN_ARE_EXCHANGED; i++) {
            writer.replace(JsonSource.of("status " + i));
            assertEquals("status " + i, Files.readString(target));
            Files.delete(target);
            odd.make(target);
        }
        writer.prepareLast(JsonSource.of("last"));
        writer.publishLast();
        writer.leave();
        assertEquals("last", Files.readString(target));
        assertEquals(List.of(), Folders.list(node.draft().getParent()));
    }

    @Test
    void a_link_in_the_place_of_a_status_is_replaced_and_not_written_through() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        replaceTimeAndAgain(place -> Files.createSymbolicLink(place, secret));
        assertEquals("secret", Files.readString(secret));
    }

    /** Who opens one to write waits until somebody reads, which nobody does: all other statuses would wait with it. */
    @Test
    void a_pipe_in_the_place_of_a_status_keeps_nobody_waiting() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> replaceTimeAndAgain(place -> assertEquals(
                        0,
                        new ProcessBuilder("mkfifo", place.toString()).start().waitFor())));
    }
}
