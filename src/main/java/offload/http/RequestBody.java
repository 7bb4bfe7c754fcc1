package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import offload.turn.ApiError;
import offload.turn.ApiException;

/** Takes the body of a submission, within its limits. Stateless. */
final class RequestBody {
    private RequestBody() {}

    static byte[] json(ServerRequest request, int limit) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(Answers.JSON)) {
            throw new ApiException(
                    ApiError.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as `Content-Type: application/json`.",
                    "Content-Type");
        }
        if (request.headers().contentLength().orElse(0) > limit) {
            throw tooLarge(limit);
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes(limit + 1);
            if (body.length > limit) {
                throw tooLarge(limit);
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiException tooLarge(int limit) {
        return new ApiException(
                        ApiError.BODY_TOO_LARGE,
                        "The body may have at most " + limit + " bytes: send a shorter history.")
                .with("Connection", "close");
    }
}
