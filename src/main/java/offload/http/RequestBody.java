package offload.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.jspecify.annotations.Nullable;

/** Takes the bodies of submissions, within their limits. Any thread. */
final class RequestBody {
    private static final int PIECE = 16 * 1024;

    private final int limit;
    private final Connections connections;

    /** Bodies may have at most {@code limit} bytes. */
    RequestBody(int limit, Connections connections) {
        this.limit = limit;
        this.connections = connections;
    }

    /** The body of a request that says that it is JSON. */
    byte[] json(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(Answers.JSON)) {
            throw new ApiException(
                    ApiError.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as `Content-Type: application/json`.",
                    "Content-Type");
        }
        if (request.headers().contentLength().orElse(0) > limit) {
            throw tooLarge();
        }
        Connection connection = connections.of(request.remotePeer().address());
        if (connection == null) {
            return read(request, null);
        }
        connection.body();
        try {
            return read(request, connection);
        } finally {
            connection.answer();
        }
    }

    private byte[] read(ServerRequest request, @Nullable Connection connection) {
        try (InputStream in = request.content().inputStream()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                if (connection != null) {
                    connection.took(count);
                }
                body.write(piece, 0, count);
                if (body.size() > limit) {
                    throw tooLarge();
                }
            }
            return body.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RequestException | DataReader.IncorrectNewLineException | IllegalArgumentException e) {
            throw broken();
        } catch (DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the body ended early", e);
        }
    }

    private static ApiException broken() {
        return new ApiException(ApiError.INVALID_REQUEST, "The body's chunks are not as HTTP/1.1 has them.")
                .with("Connection", "close");
    }

    private ApiException tooLarge() {
        return new ApiException(
                        ApiError.BODY_TOO_LARGE,
                        "The body may have at most " + limit + " bytes: send a shorter history.")
                .with("Connection", "close");
    }
}
