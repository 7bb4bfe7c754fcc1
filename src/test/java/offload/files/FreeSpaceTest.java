package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import offload.disk.Folders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room that no figure tells of, as with a quota: the folders of nodes lie on a device of their own, and a small one. */
class FreeSpaceTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void mount() throws Exception {
        int status = run("mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", nodes().toString());
        assumeTrue(status == 0, "a tmpfs cannot be mounted: that needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", nodes().toString());
    }

    private Path nodes() throws IOException {
        return Files.createDirectories(folder.resolve(".offload/nodes"));
    }

    @Test
    void what_the_ballast_left_is_no_room_for_new_turns_where_a_quota_is_used_up() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            FreeSpace space = new FreeSpace(data, node, 0);
            space.round();
            assertTrue(Files.exists(node.ballast()), "there is room for the ballast");
            space.struck();
            space.round();
            assertTrue(space.isLow(), "the ballast's room would be given to new turns");
            assertEquals(0, run("mount", "-o", "remount,size=8m", nodes().toString()));
            space.round();
            assertFalse(space.isLow());
            space.requireForEvents();
            assertTrue(Files.exists(node.ballast()), "the ballast is back");
        }
    }

    /** A file's place is all that it lacks, and the ballast had one. */
    @Test
    void what_the_ballast_left_is_no_room_where_the_device_has_no_more_files_to_give() throws Exception {
        assertEquals(0, run("mount", "-o", "remount,size=8m,nr_inodes=40", nodes().toString()));
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            FreeSpace space = new FreeSpace(data, node, 0);
            space.round();
            assertTrue(Files.exists(node.ballast()), "there is room for the ballast");
            assertThrows(IOException.class, () -> {
                for (int number = 0; number < 40; number++) {
                    Files.createFile(nodes().resolve("file-" + number));
                }
            });
            space.struck();
            space.round();
            assertTrue(space.isLow(), "the ballast's place would be given to new turns");
            assertEquals(0, run("mount", "-o", "remount,nr_inodes=80", nodes().toString()));
            space.round();
            assertFalse(space.isLow());
            assertEquals(
                    List.of(), Folders.list(Objects.requireNonNull(node.draft().getParent())), "the probes are gone");
        }
    }

    /** Else the ballast itself fills the device, is given up, and made again. */
    @Test
    void on_a_device_that_has_room_for_the_ballast_and_hardly_more_there_is_none() throws Exception {
        DataFolder data = new DataFolder(nodes());
        try (NodeFolder node = NodeFolder.create(data)) {
            FreeSpace space = new FreeSpace(data, node, 0);
            space.round();
            assertFalse(Files.exists(node.ballast()));
            assertFalse(space.isLow());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
