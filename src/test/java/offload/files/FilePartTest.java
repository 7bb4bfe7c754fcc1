package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import offload.json.JsonSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object that lies in a file. */
class FilePartTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void it_is_read_from_where_it_lies() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "{\"a\":{\"b\":1},\"c\":2}");
        FilePart part = new FilePart(file, 5, 7);
        assertEquals("{\"b\":1}", new String(part.bytes(), StandardCharsets.UTF_8));
        assertEquals(7, part.length());
    }

    @Test
    void one_that_is_open_stays_as_it_is_when_the_file_is_gone() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "{\"a\":{\"b\":1},\"c\":2}");
        FilePart part = new FilePart(file, 5, 7);
        try (JsonSource open = part.opened()) {
            Files.delete(file);
            assertEquals("{\"b\":1}", new String(open.bytes(), StandardCharsets.UTF_8));
            assertEquals(0, open.inMemory());
        }
    }

    @Test
    void what_is_no_object_or_cut_short_is_damaged_and_named() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "{\"a\":{\"b\":1},\"c\":2}");
        for (FilePart part : new FilePart[] {new FilePart(file, 4, 7), new FilePart(file, 15, 9)}) {
            IOException e = assertThrows(IOException.class, part::bytes);
            assertEquals(file + " is damaged", e.getMessage());
        }
        Files.delete(file);
        assertThrows(NoSuchFileException.class, new FilePart(file, 5, 7)::bytes);
    }
}
