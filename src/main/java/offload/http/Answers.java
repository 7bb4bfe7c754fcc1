package offload.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import offload.files.FinishedFile;
import offload.turn.ApiException;

/** Sends answers whose body is known as a whole, and none for HEAD. Any thread. */
final class Answers {
    static final String JSON = "application/json";
    static final HeaderName NO_SNIFFING = HeaderNames.create("X-Content-Type-Options");
    private static final int PIECE = 16 * 1024;

    private Answers() {}

    static void json(ServerRequest request, ServerResponse response, int status, byte[] body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, JSON);
        body(request, response, body);
    }

    /** Sends {@code body}, or for HEAD its length alone. */
    static void body(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.headers().contentLength(body.length);
            response.send();
        } else if (body.length <= PIECE) {
            response.send(body);
        } else {
            response.headers().contentLength(body.length);
            inPieces(response.outputStream(), body);
        }
    }

    /** Sends what {@code file} has, or for HEAD its length alone. */
    static void file(ServerRequest request, ServerResponse response, FinishedFile file) throws IOException {
        response.headers().contentLength(file.size());
        if (request.prologue().method().equals(Method.HEAD)) {
            response.send();
            return;
        }
        try (OutputStream out = response.outputStream()) {
            file.writeTo(out);
        }
    }

    /** So that the sweep can tell a slow reader, who takes piece after piece, from one who takes nothing. */
    private static void inPieces(OutputStream out, byte[] body) {
        try {
            for (int at = 0; at < body.length; at += PIECE) {
                out.write(body, at, Math.min(PIECE, body.length - at));
            }
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void error(ServerRequest request, ServerResponse response, ApiException e) {
        e.headers().forEach(response::header);
        if (!response.headers().contains(HeaderNames.CACHE_CONTROL)) {
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
        }
        json(request, response, e.error().status(), ErrorBody.of(e));
    }

    /** Sends a status and headers only; for statuses that cannot have a body. */
    static void empty(ServerResponse response, int status) {
        NoLength.ask(response);
        response.status(Status.create(status));
        response.send();
    }
}
