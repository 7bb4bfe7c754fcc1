package offload.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import offload.turn.TurnPath;

/** Serves one kind of URL of a turn with one method. */
interface TurnHandler {
    void handle(TurnPath path, ServerRequest request, ServerResponse response) throws IOException, InterruptedException;
}
