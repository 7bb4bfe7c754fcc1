package offload.http.turns;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import offload.turn.TurnPath;

/** Serves one kind of URL of a turn. Any thread. */
public interface TurnHandler {
    /** Answers, or throws what the client is to be told, as an {@code ApiException}. */
    void handle(TurnPath path, ServerRequest request, ServerResponse response) throws IOException, InterruptedException;
}
