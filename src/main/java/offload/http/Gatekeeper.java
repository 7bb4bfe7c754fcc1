package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Locale;
import java.util.Optional;
import offload.turn.Access;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;
import offload.turn.TurnTokens;
import org.jspecify.annotations.Nullable;

/** Opens private turns to who has their tokens. What it refuses looks the same whether or not there is such a turn. */
final class Gatekeeper {
    private final TurnTokens tokens;

    Gatekeeper(TurnTokens tokens) {
        this.tokens = tokens;
    }

    /** Lets pass who may do anything with the turn. */
    void open(ServerRequest request, TurnPath path) {
        if (path.access() == Access.PRIVATE && !tokens.isBearer(path, bearer(request))) {
            throw refusal("`Authorization: Bearer <bearer_token>`");
        }
    }

    /** Lets pass who may read the turn's events: the stream token in the query does as well. */
    void openEvents(ServerRequest request, TurnPath path) {
        if (path.access() == Access.PUBLIC) {
            return;
        }
        boolean streamToken = tokens.isStream(path, QueryParameter.first(request, "stream_token"));
        boolean bearerToken = tokens.isBearer(path, bearer(request));
        if (!bearerToken && !streamToken) {
            throw refusal("`Authorization: Bearer <bearer_token>` or `?stream_token=<stream_token>`");
        }
    }

    /** The token of an {@code Authorization: Bearer} header (RFC 6750), or null. */
    static @Nullable String bearer(ServerRequest request) {
        Optional<String> header = request.headers().first(HeaderNames.AUTHORIZATION);
        return header.filter(value -> value.toLowerCase(Locale.ROOT).startsWith("bearer "))
                .map(value -> value.substring("bearer ".length()).strip())
                .orElse(null);
    }

    private static ApiException refusal(String how) {
        return new ApiException(ApiError.TOKEN_REQUIRED, "This is private: send " + how + ".");
    }
}
