package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import offload.engine.RunningTurns;

/** {@code GET /health}, {@code /health/live} and {@code /health/ready}: whether to send work here. */
final class HealthRoute {
    private final RunningTurns turns;

    HealthRoute(RunningTurns turns) {
        this.turns = turns;
    }

    void live(ServerRequest request, ServerResponse response) {
        answer(request, response, 200, "up");
    }

    void ready(ServerRequest request, ServerResponse response) {
        boolean closing = turns.isClosing();
        answer(request, response, closing ? 503 : 200, closing ? "draining" : "up");
    }

    private static void answer(ServerRequest request, ServerResponse response, int status, String word) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(request, response, status, ("{\"status\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
