package offload.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other half, with a system that really says so, is {@code SharedFolderIT}. */
class FreshLookTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void what_is_stale_is_looked_at_again() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "new");
        AtomicInteger looks = new AtomicInteger();
        assertEquals("new", FreshLook.at(() -> {
            if (looks.incrementAndGet() == 1) {
                throw new FileSystemException(file.toString(), null, "Stale file handle");
            }
            if (looks.get() == 2) {
                throw new IOException("Stale file handle");
            }
            return Files.readString(file);
        }));
        assertEquals(3, looks.get());
    }

    @Test
    void where_all_stays_stale_the_first_look_alone_takes_its_time_until_something_is_found() throws Exception {
        // Whatever other tests have given up.
        assertEquals("found", FreshLook.at(() -> "found"));
        AtomicInteger looks = new AtomicInteger();
        for (int file = 0; file < 3; file++) {
            assertThrows(
                    IOException.class,
                    () -> FreshLook.at(() -> {
                        looks.incrementAndGet();
                        throw new IOException("Stale file handle");
                    }));
        }
        assertEquals(100 + 5 + 5, looks.get());
        assertEquals("found", FreshLook.at(() -> "found"));
        AtomicInteger stale = new AtomicInteger(10);
        assertEquals("at last", FreshLook.at(() -> {
            if (stale.decrementAndGet() > 0) {
                throw new IOException("Stale file handle");
            }
            return "at last";
        }));
    }

    @Test
    void what_is_not_there_is_not_looked_at_again() {
        AtomicInteger looks = new AtomicInteger();
        assertThrows(
                NoSuchFileException.class,
                () -> FreshLook.at(() -> {
                    looks.incrementAndGet();
                    return Files.readString(folder.resolve("none"));
                }));
        assertEquals(1, looks.get());
    }
}
