package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import offload.http.message.Answers;
import offload.http.message.Freshness;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /openapi.json}: what this server offers, as OpenAPI 3.1, under the base of the URLs in its answers, which a
 * generated client then calls. Any thread.
 */
final class OpenApiRoute {
    /** The server that the file names. */
    private static final String PRESET = "http://127.0.0.1:8080";

    private final Links links;
    private final String document = read();
    private final Instant modified = Instant.now();
    private volatile @Nullable Served last;

    OpenApiRoute(Links links) {
        this.links = links;
    }

    /** The document under one base. */
    private record Served(String base, byte[] bytes, Freshness freshness) {}

    private static String read() {
        try (InputStream in = Objects.requireNonNull(OpenApiRoute.class.getResourceAsStream("/openapi.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void handle(ServerRequest request, ServerResponse response) {
        Served served = under(links.base(request));
        served.freshness().requireMeant(request);
        response.header(HeaderNames.CACHE_CONTROL, "public, max-age=300");
        links.vary(response);
        if (!served.freshness().sendIfKnown(request, response)) {
            Answers.json(request, response, 200, served.bytes());
        }
    }

    private Served under(String base) {
        Served known = last;
        if (known == null || !known.base().equals(base)) {
            // A base has nothing that JSON would have to quote.
            byte[] bytes =
                    document.replace('"' + PRESET + '"', '"' + base + '"').getBytes(StandardCharsets.UTF_8);
            known = new Served(base, bytes, Freshness.of(bytes, modified));
            last = known;
        }
        return known;
    }
}
