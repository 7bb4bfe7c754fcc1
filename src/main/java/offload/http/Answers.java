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
import java.util.concurrent.atomic.AtomicLong;
import offload.turn.ApiError;
import offload.turn.ApiException;

/** Sends answers whose body is known as a whole, and none for HEAD. Any thread. */
final class Answers {
    static final String JSON = "application/json";
    static final HeaderName NO_SNIFFING = HeaderNames.create("X-Content-Type-Options");
    private static final int PIECE = 16 * 1024;
    /** What part of the heap answers may hold while their readers take them, however slowly. */
    private static final int SHARE = 4;

    /** Of all servers in this process: they have one heap. */
    private static final AtomicLong UNDER_WAY = new AtomicLong();

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
            hold(body.length, response);
            try {
                response.headers().contentLength(body.length);
                inPieces(response.outputStream(), body);
            } finally {
                UNDER_WAY.addAndGet(-body.length);
            }
        }
    }

    /** One alone is always sent, however small the heap is. */
    private static void hold(int length, ServerResponse response) {
        long all = UNDER_WAY.addAndGet(length);
        if (all > length && all > Runtime.getRuntime().maxMemory() / SHARE) {
            UNDER_WAY.addAndGet(-length);
            response.headers().remove(HeaderNames.ETAG);
            response.headers().remove(HeaderNames.LAST_MODIFIED);
            throw new ApiException(
                            ApiError.TOO_MANY_CONNECTIONS,
                            "Too many large answers are being taken: repeat it in a moment.")
                    .with("Retry-After", "5")
                    .with("Cache-Control", "no-store");
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
