package offload.http.turns;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.function.Consumer;
import offload.engine.Deletion;
import offload.engine.Statuses;
import offload.files.FinishedFile;
import offload.http.message.Answers;
import offload.http.message.Freshness;
import offload.turn.Access;
import offload.turn.TurnPath;

/** {@code DELETE <status_url>}: removes a turn's files; private ones with their token, public ones with a service key. */
final class DeleteRoute implements TurnHandler {
    private final Deletion deletion;
    private final Statuses statuses;
    private final Gatekeeper gatekeeper;
    private final Consumer<ServerRequest> allowDeletion;

    DeleteRoute(Deletion deletion, Statuses statuses, Gatekeeper gatekeeper, Consumer<ServerRequest> allowDeletion) {
        this.deletion = deletion;
        this.statuses = statuses;
        this.gatekeeper = gatekeeper;
        this.allowDeletion = allowDeletion;
    }

    @Override
    public void handle(TurnPath path, ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        if (path.access() == Access.PRIVATE) {
            gatekeeper.open(request, path);
        } else {
            allowDeletion.accept(request);
        }
        if (Freshness.isForOneVersion(request)) {
            requireMeant(path, request);
        }
        if (!deletion.delete(path)) {
            throw NotFound.turn();
        }
        Answers.empty(response, 204);
    }

    private void requireMeant(TurnPath path, ServerRequest request) throws IOException {
        try (Statuses.View view = statuses.find(path);
                FinishedFile file = view instanceof Statuses.Final last ? FinishedFile.open(last.file()) : null) {
            if (file != null) {
                Freshness.of(file).requireMeant(request);
            } else if (view != null) {
                Freshness.requireUntaggedMeant(request);
            }
        }
    }
}
