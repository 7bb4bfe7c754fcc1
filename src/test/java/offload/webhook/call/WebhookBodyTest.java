package offload.webhook.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.webhook.call.WebhookSettings.Format;
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

    private Path file() throws Exception {
        return Files.writeString(folder.resolve("status.json"), STATUS);
    }

    private static String written(WebhookBody body) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        return out.toString(UTF_8);
    }
}
