package offload.http.turns;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import offload.files.DataFolder;
import offload.files.FinishedFile;
import offload.files.StatusFile;
import offload.files.TurnFiles;
import offload.status.StatusText;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;

/** {@code GET <response_raw_url>}: the body of an async turn that is done, alone. */
final class RawRoute implements TurnHandler {
    private final DataFolder data;
    private final Gatekeeper gatekeeper;
    private final FinishedAnswer finished;

    RawRoute(DataFolder data, Gatekeeper gatekeeper, FinishedAnswer finished) {
        this.data = data;
        this.gatekeeper = gatekeeper;
        this.finished = finished;
    }

    @Override
    public void handle(TurnPath path, ServerRequest request, ServerResponse response) throws IOException {
        gatekeeper.open(request, path);
        TurnFiles files = data.files(path);
        byte[] status = StatusFile.beginning(files.status());
        boolean isFinal = status != null && StatusText.isFinal(status);
        try (FinishedFile file = isFinal ? FinishedFile.open(files.raw()) : null) {
            if (file == null) {
                throw new ApiException(
                        ApiError.NOT_FOUND,
                        "There is no raw answer here: it exists for async submissions, once their status is `done`.");
            }
            finished.send(path, ".raw", file, request, response);
        }
    }
}
