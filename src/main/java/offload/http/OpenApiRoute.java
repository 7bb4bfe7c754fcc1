package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /openapi.json}: what this server offers, as OpenAPI 3.1. */
final class OpenApiRoute {
    private static final byte[] DOCUMENT = read();

    private OpenApiRoute() {}

    private static byte[] read() {
        try (InputStream in = Objects.requireNonNull(OpenApiRoute.class.getResourceAsStream("/openapi.json"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void handle(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CACHE_CONTROL, "public, max-age=300");
        Answers.json(request, response, 200, DOCUMENT);
    }
}
