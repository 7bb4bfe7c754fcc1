package offload.http.turns;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.function.Function;
import offload.engine.Stops;
import offload.http.message.Answers;
import offload.json.JsonWriter;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;

/** {@code GET}, {@code POST} or {@code DELETE <stop_url>}: stops a turn that runs, on whichever node. */
final class StopRoute implements TurnHandler {
    private final Stops stops;
    private final Gatekeeper gatekeeper;
    private final Function<ServerRequest, String> urls;

    StopRoute(Stops stops, Gatekeeper gatekeeper, Function<ServerRequest, String> urls) {
        this.stops = stops;
        this.gatekeeper = gatekeeper;
        this.urls = urls;
    }

    @Override
    public void handle(TurnPath path, ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        gatekeeper.open(request, path);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        switch (stops.stop(path)) {
            case UNKNOWN -> throw NotFound.turn();
            case FINISHED ->
                throw new ApiException(ApiError.NOT_RUNNING, "This has finished: there is nothing to stop.")
                        .with("Allow", "GET, POST, DELETE");
            case STOPPED -> {
                JsonWriter out = new JsonWriter().beginObject().name("status").value("success");
                out.name("README").value("This is stopped: what had come by then is in `status_url`.");
                out.name("endpoints").beginObject().name("status_url");
                out.value(urls.apply(request) + path.relative() + ".json");
                Answers.json(request, response, 200, out.endObject().endObject().toBytes());
            }
        }
    }
}
