package offload.http.turns;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import offload.engine.Statuses;
import offload.files.FinishedFile;
import offload.http.message.Answers;
import offload.http.message.Freshness;
import offload.turn.TurnPath;

/** {@code GET <status_url>}: the status now, or, if the client wants to wait, as soon as it is final. */
final class StatusRoute implements TurnHandler {
    private final Statuses statuses;
    private final Gatekeeper gatekeeper;
    private final FinishedAnswer finished;

    StatusRoute(Statuses statuses, Gatekeeper gatekeeper, FinishedAnswer finished) {
        this.statuses = statuses;
        this.gatekeeper = gatekeeper;
        this.finished = finished;
    }

    @Override
    public void handle(TurnPath path, ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        gatekeeper.open(request, path);
        long wait = WaitTime.millis(request);
        try (Statuses.View view = wait > 0 ? statuses.await(path, wait) : statuses.find(path)) {
            switch (view) {
                case null -> throw NotFound.turn();
                case Statuses.Running running -> {
                    Freshness.requireUntaggedMeant(request);
                    FinishedAnswer.cacheControl(path, false, response);
                    Answers.json(request, response, running.document());
                }
                case Statuses.Final last -> whole(path, last, request, response);
            }
        }
    }

    private void whole(TurnPath path, Statuses.Final last, ServerRequest request, ServerResponse response)
            throws IOException {
        try (FinishedFile file = FinishedFile.open(last.file())) {
            if (file == null) {
                throw NotFound.turn();
            }
            finished.send(path, ".json", file, request, response);
        }
    }
}
