package offload.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import offload.disk.Folders;
import offload.disk.LocalFileSystem;
import offload.disk.SpareFile;
import offload.json.JsonSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A status is replaced many times with few files, and no reader ever sees half of one. */
class StatusWriterTest {
    @TempDir
    Path folder;

    private NodeFolder node;
    private Path target;
    private StatusWriter writer;

    @BeforeEach
    void makeStatus() throws IOException {
        node = NodeFolder.create(new DataFolder(folder.resolve("data")));
        target = Files.writeString(folder.resolve("name.json"), "first");
        writer = new StatusWriter(node, target);
    }

    @AfterEach
    void leave() throws IOException {
        node.close();
    }

    private void replace(String text) throws IOException {
        writer.replace(JsonSource.of(text));
    }

    private List<Path> drafts() throws IOException {
        return Folders.list(node.draft().getParent());
    }

    @Test
    void many_statuses_take_few_files() throws IOException {
        assumeTrue(
                canExchange(), "this file system does not exchange names, or is not known to be this machine's alone");
        Set<Object> files = new HashSet<>();
        Set<Path> spares = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            String text = "x".repeat(1 + i * 37 % 20_000);
            replace(text);
            assertEquals(text, Files.readString(target));
            files.add(Files.getAttribute(target, "unix:ino"));
            spares.addAll(drafts());
        }
        assertEquals(2, files.size());
        // A new file often gets the number of the one that was removed before: so it must be the same draft each time,
        // too.
        assertEquals(1, spares.size(), spares.toString());
    }

    /** Else the history of a long conversation is in memory as a whole with each of its statuses. */
    @Test
    void a_long_status_is_written_in_pieces_and_the_file_that_was_spare_is_removed() throws IOException {
        for (int i = 0; i < 4; i++) {
            replace("status " + i);
        }
        byte[] piece = "p".repeat(1000).getBytes(UTF_8);
        writer.replace(new JsonSource() {
            @Override
            public int length() {
                return 100 * piece.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                for (int i = 0; i < 100; i++) {
                    out.write(piece);
                }
            }

            @Override
            public byte[] bytes() {
                throw new AssertionError("in one piece");
            }
        });
        assertEquals("p".repeat(100_000), Files.readString(target));
        writer.leave();
        assertEquals(List.of(), drafts());
    }

    /** What is mounted elsewhere too has readers for whom no lease is broken; tmpfs stands for all that is not known. */
    @Test
    void no_status_is_written_into_a_file_that_was_one_where_leases_may_not_tell_of_all_readers() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"), "needs a tmpfs");
        Path elsewhere = Files.createTempDirectory(memory, "offload");
        try (NodeFolder there = NodeFolder.create(new DataFolder(elsewhere.resolve("data")))) {
            Path status = Files.writeString(elsewhere.resolve("name.json"), "first");
            StatusWriter replacing = new StatusWriter(there, status);
            Set<Object> files = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                replacing.replace(JsonSource.of("status " + i));
                assertEquals("status " + i, Files.readString(status));
                files.add(Files.getAttribute(status, "unix:ino"));
            }
            replacing.leave();
            assertEquals(10, files.size());
        } finally {
            Folders.remove(elsewhere);
        }
    }

    private boolean canExchange() throws IOException {
        if (!LocalFileSystem.has(folder)) {
            return false;
        }
        Path one = Files.createFile(folder.resolve("one"));
        Path other = Files.createFile(folder.resolve("other"));
        return new SpareFile(one).exchange(other) && new SpareFile(one).rewrite(new byte[1]);
    }

    @Test
    void a_reader_that_is_slower_than_the_next_statuses_reads_the_one_that_it_opened() throws IOException {
        for (int i = 0; i < 5; i++) {
            String text = i + "y".repeat(30_000);
            replace(text);
            try (InputStream slow = Files.newInputStream(target)) {
                String begun = new String(slow.readNBytes(10_000), UTF_8);
                for (int j = 0; j < 4; j++) {
                    replace("z".repeat(25_000 + j));
                }
                assertEquals(text, begun + new String(slow.readAllBytes(), UTF_8));
            }
        }
    }

    @Test
    void whoever_reads_meanwhile_reads_a_whole_one() throws Exception {
        String[] texts = {"a".repeat(9_000), "b".repeat(50_000), "c".repeat(300)};
        replace(texts[0]);
        FutureTask<?> writing = new FutureTask<>(() -> {
            for (int i = 0; i < 3_000; i++) {
                replace(texts[i % texts.length]);
            }
            return null;
        });
        Thread.ofPlatform().start(writing);
        while (!writing.isDone()) {
            String seen = Files.readString(target);
            assertTrue(List.of(texts).contains(seen), "half a status: " + seen.length());
        }
        writing.get();
    }

    @Test
    void the_marker_that_the_first_status_is_as_well_stays_as_it_was() throws IOException {
        Path marker = Files.createLink(folder.resolve("marker"), target);
        for (int i = 0; i < 6; i++) {
            replace("status " + i);
        }
        assertEquals("first", Files.readString(marker));
    }

    @Test
    void a_status_that_somebody_gave_a_further_name_stays_as_it_was_under_that() throws IOException {
        for (int i = 0; i < 4; i++) {
            replace("status " + i);
        }
        Path backup = Files.createLink(folder.resolve("backup"), target);
        for (int i = 4; i < 8; i++) {
            replace("status " + i);
        }
        assertEquals("status 3", Files.readString(backup));
        assertEquals("status 7", Files.readString(target));
    }

    @Test
    void a_status_that_was_removed_by_hand_is_there_again_the_next_time() throws IOException {
        for (int i = 0; i < 6; i++) {
            replace("status " + i);
            assertEquals("status " + i, Files.readString(target));
            if (i % 2 == 1) {
                Files.delete(target);
            }
        }
    }

    @Test
    void after_the_last_status_nothing_else_is_left() throws IOException {
        for (int before : new int[] {0, 1, 2, 5}) {
            writer = new StatusWriter(node, target);
            for (int i = 0; i < before; i++) {
                replace("status " + i);
            }
            writer.prepareLast(JsonSource.of("last"));
            writer.publishLast();
            writer.leave();
            assertEquals("last", Files.readString(target));
            assertEquals(List.of(), drafts());
        }
    }

    @Test
    void who_leaves_without_a_last_status_leaves_the_one_that_is_there_and_nothing_else() throws IOException {
        for (int i = 0; i < 5; i++) {
            replace("status " + i);
        }
        writer.leave();
        assertEquals("status 4", Files.readString(target));
        assertEquals(List.of(), drafts());
    }

    @Test
    void a_node_whose_folder_was_claimed_replaces_nothing_any_more() throws IOException {
        for (int i = 0; i < 5; i++) {
            replace("status " + i);
        }
        Path own = node.active().getParent();
        Path claimed = Files.move(own, folder.resolve("claimed"));
        assertThrows(IOException.class, () -> replace("late"));
        assertThrows(IOException.class, () -> {
            writer.prepareLast(JsonSource.of("{}"));
            writer.publishLast();
        });
        assertEquals("status 4", Files.readString(target));
        Files.move(claimed, own);
    }
}
