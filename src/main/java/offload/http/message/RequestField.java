package offload.http.message;

import io.helidon.http.HeaderName;
import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** A field of a request. Stateless. */
public final class RequestField {
    private RequestField() {}

    /** The first value of {@code name} without the blanks around it; null where there is none, or nothing in it. */
    public static @Nullable String first(ServerRequest request, HeaderName name) {
        return request.headers()
                .first(name)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .orElse(null);
    }
}
