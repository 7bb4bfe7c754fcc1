package offload.http.console;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import offload.http.message.Accepted;
import offload.http.message.Answers;
import offload.http.message.Freshness;
import org.jspecify.annotations.Nullable;

/**
 * One file of the console: read from the class path when it is first asked for and kept from then on, also compressed
 * where it is text. It answers conditional requests (RFC 9110, section 13) and is asked for again each time, so that a
 * page never mixes the files of two releases. Any thread: who comes at the same time may read it twice, to no harm.
 */
final class ConsoleFile {
    private final String resource;
    private final String type;
    private final Instant modified;
    private volatile @Nullable Content content;

    /**
     * @param resource its absolute name on the class path
     * @param type the media type
     * @param modified what is said to be the time of its last change: the server's start
     */
    ConsoleFile(String resource, String type, Instant modified) {
        this.resource = resource;
        this.type = type;
        this.modified = modified;
    }

    /** The bytes as they are, and compressed; each form has its own tag (RFC 9110, section 8.8.3.3). */
    private record Content(Form plain, @Nullable Form gzip) {}

    private record Form(byte[] bytes, Freshness freshness) {}

    /** Answers GET and HEAD. */
    void handle(ServerRequest request, ServerResponse response, ConsolePolicy policy) {
        Content known = content();
        Form gzip = takesGzip(request) ? known.gzip() : null;
        Form form = gzip == null ? known.plain() : gzip;
        form.freshness().requireMeant(request);
        policy.headers(response);
        response.headers().add(HeaderNames.VARY, "Accept-Encoding");
        if (form.freshness().sendIfKnown(request, response)) {
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, type);
        if (gzip != null) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        Answers.body(request, response, form.bytes());
    }

    private Content content() {
        Content known = content;
        if (known == null) {
            known = read();
            content = known;
        }
        return known;
    }

    private Content read() {
        try (InputStream in = Objects.requireNonNull(ConsoleFile.class.getResourceAsStream(resource), resource)) {
            byte[] bytes = in.readAllBytes();
            return new Content(form(bytes), type.startsWith("font/") ? null : form(gzip(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Form form(byte[] bytes) {
        return new Form(bytes, Freshness.of(bytes, modified));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Whether {@code Accept-Encoding} names gzip and does not rule it out (RFC 9110, section 12.5.3). */
    private static boolean takesGzip(ServerRequest request) {
        return Accepted.of(request, HeaderNames.ACCEPT_ENCODING).takes("gzip", false);
    }
}
