package offload.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that is read in pieces is the same as one that is read whole. */
class FinishedFileTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 50_000})
    void it_has_what_the_file_has_as_often_as_it_is_asked(int size) throws Exception {
        Path path = file(size);
        byte[] content = Files.readAllBytes(path);
        try (FinishedFile file = opened(path)) {
            assertEquals(size, file.size());
            assertEquals(Files.getLastModifiedTime(path).toInstant(), file.modified());
            for (int time = 0; time < 2; time++) {
                assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(content), file.sha256());
                assertArrayEquals(content, written(file));
            }
        }
    }

    @Test
    void it_stays_whole_for_who_has_it_open() throws Exception {
        Path path = file(40_000);
        byte[] content = Files.readAllBytes(path);
        try (FinishedFile file = opened(path)) {
            Files.delete(path);
            assertArrayEquals(content, written(file));
        }
    }

    @Test
    void one_that_got_shorter_is_not_taken_for_whole() throws Exception {
        Path path = file(40_000);
        try (FinishedFile file = opened(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(20_000);
            }
            assertThrows(EOFException.class, () -> written(file));
        }
    }

    @Test
    void where_there_is_no_file_there_is_none() throws Exception {
        assertNull(FinishedFile.open(folder.resolve("none")));
    }

    private Path file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(folder.resolve("file"), content);
    }

    private static FinishedFile opened(Path path) throws IOException {
        FinishedFile file = FinishedFile.open(path);
        if (file == null) {
            throw new IOException("there is no " + path);
        }
        return file;
    }

    private static byte[] written(FinishedFile file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.writeTo(out);
        return out.toByteArray();
    }
}
