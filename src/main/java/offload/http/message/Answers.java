package offload.http.message;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import offload.files.FinishedFile;
import offload.json.JsonSource;
import offload.turn.ApiError;
import offload.turn.ApiException;

/** Sends answers whose body is known as a whole, and none for HEAD. Any thread. */
public final class Answers {
    /** The media type of JSON. */
    public static final String JSON = ErrorBody.JSON;

    private static final int PIECE = 16 * 1024;

    private Answers() {}

    /** Dates the answer as it is sent, unless it is dated with what it brings. */
    public static void date(ServerResponse response) {
        response.beforeSend(() -> {
            if (!response.headers().contains(HeaderNames.DATE)) {
                response.header(HeaderNames.DATE, HttpDate.now());
            }
        });
    }

    /** Sends {@code body}, which is JSON, with {@code status}. */
    public static void json(ServerRequest request, ServerResponse response, int status, byte[] body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, JSON);
        body(request, response, body);
    }

    /** Sends {@code document} with status 200. */
    public static void json(ServerRequest request, ServerResponse response, JsonSource document) throws IOException {
        response.header(HeaderNames.CONTENT_TYPE, JSON);
        if (document.length() <= PIECE) {
            body(request, response, document.bytes());
        } else {
            inPieces(request, response, document.length(), document::writeTo);
        }
    }

    /** Sends {@code body}, or for HEAD its length alone. */
    public static void body(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.headers().contentLength(body.length);
            response.send();
        } else if (body.length <= PIECE) {
            response.send(body);
        } else {
            try {
                inPieces(request, response, body.length, JsonSource.of(body)::writeTo);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Sends what {@code file} has, or for HEAD its length alone. */
    public static void file(ServerRequest request, ServerResponse response, FinishedFile file) throws IOException {
        inPieces(request, response, file.size(), file::writeTo);
    }

    private interface Pieces {
        void writeTo(OutputStream out) throws IOException;
    }

    /** So that the sweep can tell a slow reader, who takes piece after piece, from one who takes nothing. */
    private static void inPieces(ServerRequest request, ServerResponse response, long length, Pieces pieces)
            throws IOException {
        response.headers().contentLength(length);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.send();
            return;
        }
        try (OutputStream out = response.outputStream()) {
            pieces.writeTo(out);
        }
    }

    /** Sends what is said of {@code e}: its status, its headers and its sentence. */
    public static void error(ServerRequest request, ServerResponse response, ApiException e) {
        e.headers().forEach(response::header);
        if (!response.headers().contains(HeaderNames.CACHE_CONTROL)) {
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
        }
        if (e.error().status() == 401) {
            response.header(HeaderNames.WWW_AUTHENTICATE, challenge(e.error()));
        }
        json(request, response, e.error().status(), ErrorBody.of(e));
    }

    /** Without one a 401 is none (RFC 9110, section 15.5.2), and clients that can log in take it for a broken answer. */
    private static String challenge(ApiError error) {
        return error == ApiError.UPSTREAM_KEY_MISSING
                ? "ApiKey realm=\"upstream\", header=\"X-OpenAI-API-Key\""
                : "Bearer realm=\"offload\"";
    }

    /** Sends a status and headers only; for statuses that cannot have a body. */
    public static void empty(ServerResponse response, int status) {
        NoLength.ask(response);
        response.headers().remove(HeaderNames.CONTENT_TYPE);
        response.status(Status.create(status));
        response.send();
    }
}
