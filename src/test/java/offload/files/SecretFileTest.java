package offload.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.concurrent.FutureTask;
import offload.testing.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secret is one, whoever made it. */
class SecretFileTest {
    private static final String SECRET = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder = Path.of("");

    private DataFolder data;

    @BeforeEach
    void open() throws IOException {
        data = new DataFolder(folder);
    }

    @Test
    void it_is_made_once() throws IOException {
        byte[] made = SecretFile.readOrMake(data);
        assertEquals(32, made.length);
        assertArrayEquals(made, SecretFile.readOrMake(data));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secret())));
    }

    @Test
    void one_that_another_server_is_just_copying_to_its_place_is_waited_for() throws Exception {
        Files.writeString(data.secret(), SECRET.substring(0, 10), US_ASCII);
        FutureTask<byte[]> read = new FutureTask<>(() -> SecretFile.readOrMake(data));
        Thread reading = Thread.ofPlatform().start(read);
        Until.holds("it waits for the rest", () -> reading.getState() == Thread.State.TIMED_WAITING);
        Files.writeString(data.secret(), SECRET + "\n", US_ASCII);
        assertArrayEquals(HexFormat.of().parseHex(SECRET), read.get());
    }

    @Test
    void one_that_stays_damaged_is_told_and_not_made_anew() throws IOException {
        Files.writeString(data.secret(), "x".repeat(64), US_ASCII);
        IOException e = assertThrows(IOException.class, () -> SecretFile.readOrMake(data));
        assertTrue(String.valueOf(e.getMessage()).contains("is damaged: restore it from a backup"), e.getMessage());
        assertEquals("x".repeat(64), Files.readString(data.secret()));
    }
}
