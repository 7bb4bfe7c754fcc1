package offload.http.turns;

import io.helidon.webserver.http.ServerRequest;
import offload.http.message.BearerToken;
import offload.http.message.QueryParameter;
import offload.turn.Access;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;
import offload.turn.TurnTokens;

/** Opens private turns to who has their tokens. What it refuses looks the same whether or not there is such a turn. */
final class Gatekeeper {
    private final TurnTokens tokens;

    Gatekeeper(TurnTokens tokens) {
        this.tokens = tokens;
    }

    /** Lets pass who may do anything with the turn. */
    void open(ServerRequest request, TurnPath path) {
        if (path.access() == Access.PRIVATE && !tokens.isBearer(path, BearerToken.of(request))) {
            throw refusal("`Authorization: Bearer <bearer_token>`");
        }
    }

    /** Lets pass who may read the turn's events: the stream token in the query does as well. */
    void openEvents(ServerRequest request, TurnPath path) {
        if (path.access() == Access.PUBLIC) {
            return;
        }
        boolean streamToken = tokens.isStream(path, QueryParameter.first(request, "stream_token"));
        boolean bearerToken = tokens.isBearer(path, BearerToken.of(request));
        if (!bearerToken && !streamToken) {
            throw refusal("`Authorization: Bearer <bearer_token>` or `?stream_token=<stream_token>`");
        }
    }

    private static ApiException refusal(String how) {
        return new ApiException(ApiError.TOKEN_REQUIRED, "This is private: send " + how + ".");
    }
}
