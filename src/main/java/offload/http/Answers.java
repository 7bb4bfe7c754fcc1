package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import offload.turn.ApiException;

/** Sends answers whose body is known as a whole, and none for HEAD. Stateless. */
final class Answers {
    static final String JSON = "application/json";

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
        } else {
            response.send(body);
        }
    }

    static void error(ServerRequest request, ServerResponse response, ApiException e) {
        e.headers().forEach(response::header);
        if (!response.headers().contains(HeaderNames.CACHE_CONTROL)) {
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
        }
        json(request, response, e.error().status(), ErrorBody.of(e));
    }

    /** Sends a status and headers only. */
    static void empty(ServerResponse response, int status) {
        response.status(Status.create(status));
        response.send();
    }
}
