package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import offload.files.DataFolder;
import offload.files.StatusFile;
import offload.files.TurnFiles;
import offload.turn.Access;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;

/** {@code GET <response_raw_url>}: the body of an async turn that is done, alone. */
final class RawRoute implements TurnHandler {
    private final DataFolder data;
    private final Gatekeeper gatekeeper;
    private final FileHandover handover;

    RawRoute(DataFolder data, Gatekeeper gatekeeper, FileHandover handover) {
        this.data = data;
        this.gatekeeper = gatekeeper;
        this.handover = handover;
    }

    @Override
    public void handle(TurnPath path, ServerRequest request, ServerResponse response) throws IOException {
        gatekeeper.open(request, path);
        TurnFiles files = data.files(path);
        byte[] body = Files.exists(files.status()) && StatusFile.isFinal(files.status())
                ? StatusFile.read(files.raw())
                : null;
        if (body == null) {
            throw new ApiException(
                    ApiError.NOT_FOUND,
                    "There is no raw answer here: it exists for async submissions, once their status is `done`.");
        }
        Freshness.cacheControl(response, path.access() == Access.PRIVATE, true);
        Freshness freshness =
                Freshness.of(body, Files.getLastModifiedTime(files.raw()).toInstant());
        freshness.headers(response);
        if (freshness.isKnownTo(request)) {
            Answers.empty(response, 304);
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, Answers.JSON);
        if (handover.suits(request)) {
            handover.send(path, ".raw", response);
            return;
        }
        Answers.body(request, response, body);
    }
}
