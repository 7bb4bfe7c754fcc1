package offload.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import offload.json.JsonSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of turns that are over serve others, and nobody sees what they were. */
class SpareFilesTest {
    private static final byte[] SECRET = "a private status".getBytes(UTF_8);
    private static final byte[] OTHER = "another status, of another turn".getBytes(UTF_8);

    @TempDir
    Path folder;

    private DataFolder data;
    private NodeFolder node;
    private long sharedSince;

    @BeforeEach
    void makeNode() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        node = NodeFolder.create(data);
    }

    @AfterEach
    void leave() throws IOException {
        node.close();
    }

    /** As many turns do, which end together. */
    private void shareSync() {
        sharedSince = System.nanoTime();
        data.device().syncAll(100);
        assumeTrue(data.device().syncAll(100), "this file system is not forced as a whole");
    }

    /** Some seconds after the last such sync, turns are few again. */
    private void unlessSlow() {
        long passed = System.nanoTime() - sharedSince;
        assumeTrue(passed < TimeUnit.SECONDS.toNanos(3), "a device so slow that many are few again");
    }

    private Object remove(Path file) throws IOException {
        Object inode = Files.getAttribute(file, "unix:ino");
        node.drafts().remove(file);
        return inode;
    }

    @Test
    void with_few_turns_what_is_removed_is_gone() throws IOException {
        Path draft = node.drafts().of(JsonSource.of(SECRET));
        remove(draft);
        assertFalse(Files.exists(draft));
    }

    @Test
    void with_many_turns_it_is_blank_at_once_and_another_draft_once_that_is_on_the_device() throws IOException {
        shareSync();
        Path draft = node.drafts().of(JsonSource.of(SECRET));
        Object inode = remove(draft);
        unlessSlow();
        assertEquals("{}\n", Files.readString(draft));

        Path early = node.drafts().of(JsonSource.of(OTHER));
        assertNotEquals(inode, Files.getAttribute(early, "unix:ino"));
        shareSync();
        Path late = node.drafts().of(JsonSource.of(OTHER));
        assertEquals(inode, Files.getAttribute(late, "unix:ino"));
        assertArrayEquals(OTHER, Files.readAllBytes(late));
    }

    @Test
    void a_marker_is_made_of_one_too_but_in_the_place_of_none() throws IOException {
        shareSync();
        Path marker = node.claiming("marker");
        Files.write(marker, SECRET);
        Object inode = Files.getAttribute(marker, "unix:ino");
        node.drafts().removeElsewhere(marker);
        unlessSlow();
        assertFalse(Files.exists(marker));
        shareSync();

        assertTrue(node.drafts().make(marker, JsonSource.of(OTHER)));
        assertEquals(inode, Files.getAttribute(marker, "unix:ino"));
        assertFalse(node.drafts().make(marker, JsonSource.of(SECRET)));
        assertArrayEquals(OTHER, Files.readAllBytes(marker));
        Files.delete(marker);
    }

    @Test
    void what_somebody_reads_stays_as_it_is_for_him() throws IOException {
        shareSync();
        Path draft = node.drafts().of(JsonSource.of(SECRET));
        try (InputStream slow = Files.newInputStream(draft)) {
            assertEquals(SECRET[0], slow.read());
            remove(draft);
            shareSync();
            node.drafts().of(JsonSource.of(OTHER));
            assertEquals(new String(SECRET, 1, SECRET.length - 1, UTF_8), new String(slow.readAllBytes(), UTF_8));
        }
    }

    @Test
    void what_has_a_further_name_stays_as_it_is_under_that() throws IOException {
        shareSync();
        Path draft = node.drafts().of(JsonSource.of(SECRET));
        Path kept = Files.createLink(folder.resolve("kept"), draft);
        remove(draft);
        shareSync();
        node.drafts().of(JsonSource.of(OTHER));
        assertArrayEquals(SECRET, Files.readAllBytes(kept));
    }
}
