package offload.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    Path folder;

    /** Else a turn that is stopped is told as one whose end is not on the device. */
    @Test
    void an_interrupt_keeps_no_folder_from_being_forced_and_stays() throws Exception {
        Thread.currentThread().interrupt();
        Folders.sync(folder);
        assertTrue(Thread.interrupted());
    }

    @Test
    void what_a_link_leads_to_is_not_removed_with_the_folder_that_the_link_is_in() throws Exception {
        Path kept = Files.createFile(
                Files.createDirectory(folder.resolve("elsewhere")).resolve("kept"));
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Files.createSymbolicLink(gone.resolve("link"), kept.getParent());
        Folders.remove(gone);
        assertFalse(Files.exists(gone));
        assertTrue(Files.exists(kept));
    }

    /** Over a network a link may be made, its answer lost, and asked for again: it is there then. */
    @Test
    void a_link_that_is_there_already_is_made_and_another_file_is_not() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path name = folder.resolve("name");
        Folders.linkOrCopy(name, file);
        Folders.linkOrCopy(name, file);
        assertTrue(Files.isSameFile(name, file));
        Path other = Files.createFile(folder.resolve("other"));
        assertThrows(FileAlreadyExistsException.class, () -> Folders.linkOrCopy(name, other));
    }

    /** Who had the name gives it up in the moment in which it is asked for: else a submission that repeats another is 503. */
    @Test
    void a_name_that_comes_and_goes_is_had_or_another_s_and_never_missing() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path other = Files.createFile(folder.resolve("other"));
        Path name = folder.resolve("name");
        AtomicBoolean over = new AtomicBoolean();
        List<FutureTask<Boolean>> others = Stream.generate(() -> comingAndGoing(name, other, over))
                .limit(2)
                .toList();
        others.forEach(each -> Thread.ofPlatform().start(each));
        try {
            for (int i = 0; i < 3_000; i++) {
                wantedByAll(name, file);
            }
        } finally {
            over.set(true);
        }
        for (FutureTask<Boolean> each : others) {
            assertTrue(each.get());
        }
    }

    private static FutureTask<Boolean> comingAndGoing(Path name, Path file, AtomicBoolean over) {
        return new FutureTask<>(() -> {
            while (!over.get()) {
                wantedByAll(name, file);
                Files.deleteIfExists(name);
            }
            return true;
        });
    }

    private static void wantedByAll(Path name, Path file) throws IOException {
        try {
            Folders.linkOrCopy(name, file);
        } catch (FileAlreadyExistsException e) {
            // Another has it.
        }
    }

    /** The health of the folder is asked for each second. */
    @Test
    void a_probe_leaves_nothing_in_the_folder() throws Exception {
        FolderProbe probe = new FolderProbe(folder);
        assertFalse(probe.writeSyncRead().isNegative());
        probe.rename();
        probe.lock();
        probe.clockAhead();
        probe.longName(255);
        assertTrue(probe.closeFolder());
        assertEquals(List.of(), Folders.list(folder));
    }

    @Test
    void a_name_that_is_longer_than_the_file_system_takes_is_told() throws Exception {
        FolderProbe probe = new FolderProbe(folder);
        assertThrows(IOException.class, () -> probe.longName(256));
        assertEquals(List.of(), Folders.list(folder));
    }
}
