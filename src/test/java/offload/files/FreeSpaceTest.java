package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            assertTrue(Files.exists(node.ballast()), "the ballast is back");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
