package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Instant;
import offload.engine.Statuses;
import offload.turn.Access;
import offload.turn.TurnPath;

/** {@code GET <status_url>}: the status now, or, if the client wants to wait, as soon as it is final. */
final class StatusRoute implements TurnHandler {
    private final Statuses statuses;
    private final Gatekeeper gatekeeper;
    private final FileHandover handover;

    StatusRoute(Statuses statuses, Gatekeeper gatekeeper, FileHandover handover) {
        this.statuses = statuses;
        this.gatekeeper = gatekeeper;
        this.handover = handover;
    }

    @Override
    public void handle(TurnPath path, ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        gatekeeper.open(request, path);
        long wait = WaitTime.millis(request);
        Statuses.View view = wait > 0 ? statuses.await(path, wait) : statuses.find(path);
        if (view == null) {
            throw NotFound.turn();
        }
        Freshness.cacheControl(response, path.access() == Access.PRIVATE, view.isFinal());
        if (view.isFinal()) {
            Instant modified = Instant.ofEpochMilli(statuses.lastModified(path));
            Freshness freshness = Freshness.of(view.json(), modified);
            freshness.headers(response);
            if (freshness.isKnownTo(request)) {
                Answers.empty(response, 304);
                return;
            }
        }
        response.header(HeaderNames.CONTENT_TYPE, Answers.JSON);
        if (view.isFinal() && handover.suits(request)) {
            handover.send(path, ".json", response);
            return;
        }
        Answers.body(request, response, view.json());
    }
}
