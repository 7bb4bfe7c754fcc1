package offload.disk;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders are forced to the device for many at once. */
class SharedSyncTest {
    @TempDir
    Path folder;

    private final SharedSync syncs = new SharedSync(Folders::sync);

    @Test
    void everybody_who_waits_is_answered_and_later_ones_are_synced_anew() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    Path one = Files.createDirectories(folder.resolve(Integer.toString(i % 3)));
                    all.add(threads.submit(() -> {
                        syncs.sync(one);
                        return null;
                    }));
                }
                for (Future<?> each : all) {
                    each.get();
                }
            }
        }
    }

    @Test
    void a_sync_that_fails_is_told_to_everybody_and_does_not_fail_the_next() throws Exception {
        Path gone = folder.resolve("gone");
        assertThrows(IOException.class, () -> syncs.sync(gone));
        Files.createDirectory(gone);
        syncs.sync(gone);
    }
}
