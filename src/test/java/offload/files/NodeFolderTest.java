package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import offload.disk.Folders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeFolderTest {
    @TempDir
    Path folder;

    @Test
    void a_node_that_leaves_nothing_to_be_done_leaves_nothing() throws Exception {
        DataFolder data = new DataFolder(folder);
        NodeFolder node = NodeFolder.create(data);
        Files.createDirectory(node.webhooks().resolve("dead"));
        Files.createFile(node.draft());
        node.close();
        assertEquals(List.of(), Folders.list(data.nodes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"active/t", "claims/t", "repeats/t", "webhooks/t.json", "webhooks/dead/t.json"})
    void what_is_still_to_be_done_is_left_to_be_claimed(String left) throws Exception {
        DataFolder data = new DataFolder(folder);
        NodeFolder node = NodeFolder.create(data);
        Path own = data.nodes().resolve(node.id());
        Files.createDirectories(own.resolve(left).getParent());
        Files.createFile(own.resolve(left));
        node.close();
        assertTrue(Files.exists(own.resolve(left)));
        try (NodeFolder heir = NodeFolder.create(data)) {
            new OtherNodes(data, heir).claimDead();
            Path claimed = heir.claims().resolve(node.id());
            assertTrue(Files.exists(claimed.resolve(left)));
            Folders.remove(claimed);
        }
    }

    @Test
    void a_node_whose_folder_is_not_there_at_its_end_gives_up_its_lock_all_the_same() throws Exception {
        DataFolder data = new DataFolder(folder);
        NodeFolder node = NodeFolder.create(data);
        Path own = data.nodes().resolve(node.id());
        Path away = Files.move(own, folder.resolve("away"));
        assertThrows(NoSuchFileException.class, node::close);
        Files.move(away, own);
        try (NodeFolder heir = NodeFolder.create(data)) {
            new OtherNodes(data, heir).claimDead();
            assertEquals(List.of(heir.claims().resolve(node.id())), Folders.list(heir.claims()));
            Folders.remove(heir.claims().resolve(node.id()));
        }
    }

    @Test
    void a_node_takes_nothing_away_once_its_folder_was_claimed() throws Exception {
        DataFolder data = new DataFolder(folder);
        NodeFolder node = NodeFolder.create(data);
        Path file = Files.createFile(folder.resolve("status"));
        Path own = data.nodes().resolve(node.id());
        Path claimed = Files.move(own, folder.resolve("claimed"));
        assertThrows(IOException.class, () -> node.discard(file));
        assertTrue(Files.exists(file));
        Files.move(claimed, own);
        node.discard(file);
        assertFalse(Files.exists(file));
        node.discard(file);
        node.close();
    }

    /** Whoever believes that a file is gone lets go of what says that it is there. */
    @Test
    void what_cannot_be_taken_away_for_want_of_a_folder_for_it_does_not_pass_for_gone() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            Path file = Files.createFile(folder.resolve("status"));
            Files.delete(node.draft().getParent());
            assertThrows(NoSuchFileException.class, () -> node.discard(file));
            assertTrue(Files.exists(file));
        }
    }
}
