package offload.webhook.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import offload.webhook.call.WebhookSettings.Format;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The body of a webhook, from the file of a status. */
class WebhookBodyTest {
    private static final String STATUS = "{\"a\": \"\u4e2d + 1 & 2 % *-._~\"}\n".repeat(5_000);

    @TempDir
    Path folder = Path.of("");

    @Test
    void a_form_has_the_status_byte_for_byte_as_often_as_it_is_written() throws Exception {
        try (WebhookBody body = WebhookBody.of(file(), Format.FORM)) {
            for (int i = 0; i < 2; i++) {
                String written = written(body);
                assertTrue(written.startsWith("response="));
                assertEquals(STATUS, URLDecoder.decode(written.substring("response=".length()), UTF_8));
                assertEquals(written.length(), body.length());
            }
        }
    }

    @Test
    void json_has_it_too() throws Exception {
        try (WebhookBody body = WebhookBody.of(file(), Format.JSON)) {
            String expected = "{\"response\": " + STATUS + "}";
            assertEquals(expected, written(body));
            assertEquals(expected.getBytes(UTF_8).length, body.length());
        }
    }

    /** Else who may write into the data folder could have any file sent that the server can read, or hold its thread. */
    @Test
    void what_is_no_plain_file_is_not_sent() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file());
        assertThrows(FileNotFoundException.class, () -> WebhookBody.of(link, Format.FORM));
        assertThrows(FileNotFoundException.class, () -> WebhookBody.of(folder, Format.FORM));
        assertThrows(FileNotFoundException.class, () -> WebhookBody.of(folder.resolve("gone"), Format.FORM));
    }

    /** Else each try keeps a descriptor for as long as it pleases the collector. */
    @Test
    void a_body_that_is_closed_has_nothing_open() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "only Linux tells what is open");
        Path status = file().toRealPath();
        try (WebhookBody body = WebhookBody.of(status, Format.FORM)) {
            assertTrue(body.length() > 0);
            assertEquals(1, openedAs(status, descriptors));
        }
        assertEquals(0, openedAs(status, descriptors));
    }

    private static long openedAs(Path file, Path descriptors) throws Exception {
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.filter(one -> file.equals(target(one))).count();
        }
    }

    private static @Nullable Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            // Another thread has closed it.
            return null;
        }
    }

    private Path file() throws Exception {
        return Files.writeString(folder.resolve("status.json"), STATUS);
    }

    private static String written(WebhookBody body) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        return out.toString(UTF_8);
    }
}
