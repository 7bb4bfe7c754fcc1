package offload.http.message;

import io.helidon.common.uri.UriQuery;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parameter of a request's query. Stateless. */
public final class QueryParameter {
    private QueryParameter() {}

    /**
     * The first value of {@code name}, decoded, and null where the query has none. The web server's own {@code first} looks
     * for all that could make something else of a value, through every jar and on the thread of the first request.
     */
    public static @Nullable String first(ServerRequest request, String name) {
        UriQuery query = request.query();
        if (!query.contains(name)) {
            return null;
        }
        List<String> values = query.all(name);
        return values.isEmpty() ? "" : values.getFirst();
    }
}
