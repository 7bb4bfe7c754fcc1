package offload.disk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.testing.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {
    @TempDir
    Path folder;

    @Test
    void a_file_a_folder_and_what_a_link_leads_to_are_there() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertTrue(Presence.of(file));
        assertTrue(Presence.of(folder));
        assertTrue(Presence.of(Files.createSymbolicLink(folder.resolve("link"), file)));
    }

    @Test
    void nothing_is_there_without_a_name_behind_a_link_to_nowhere_and_below_a_file() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertFalse(Presence.of(folder.resolve("none")));
        assertFalse(Presence.of(folder.resolve("none/below")));
        assertFalse(Presence.of(Files.createSymbolicLink(folder.resolve("link"), folder.resolve("none"))));
        assertFalse(Presence.of(file.resolve("below")));
    }

    @Test
    void where_nobody_can_tell_the_answer_is_not_no() throws Exception {
        Path unknown = Unknown.at(folder.resolve("unknown"));
        assertFalse(Files.exists(unknown), "what the JDK says");
        assertThrows(IOException.class, () -> Presence.of(unknown));
    }
}
