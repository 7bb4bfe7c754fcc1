package offload.http.turns;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import offload.files.FinishedFile;
import offload.http.message.Answers;
import offload.http.message.Freshness;
import offload.turn.Access;
import offload.turn.TurnPath;

/** Answers with a turn's document that never changes again: conditions, caching, and who sends it. Any thread. */
final class FinishedAnswer {
    private final FileHandover handover;

    FinishedAnswer(FileHandover handover) {
        this.handover = handover;
    }

    /** Sends {@code file}, the one of the turn at {@code path} whose name has this {@code ending}, unless the client has it. */
    void send(TurnPath path, String ending, FinishedFile file, ServerRequest request, ServerResponse response)
            throws IOException {
        Freshness freshness = Freshness.of(file);
        freshness.requireMeant(request);
        cacheControl(path, true, response);
        if (freshness.sendIfKnown(request, response)) {
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, Answers.JSON);
        if (handover.suits(request)) {
            handover.send(path, ending, response);
            return;
        }
        Answers.file(request, response, file);
    }

    /** Running ones are kept nowhere, private ones by nobody but the reader, finished public ones by anyone. */
    static void cacheControl(TurnPath path, boolean isFinal, ServerResponse response) {
        boolean isPrivate = path.access() == Access.PRIVATE;
        String rule = isPrivate ? "private, no-store" : isFinal ? "public, max-age=3600" : "no-store";
        response.header(HeaderNames.CACHE_CONTROL, rule);
    }
}
