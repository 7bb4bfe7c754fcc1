package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import offload.turn.ApiError;
import offload.turn.ApiException;

/** Where a reader of an event stream wants to go on: {@code Last-Event-ID}, or else {@code ?offset=}. Stateless. */
final class Cursor {
    /**
     * In the order in which they count. What stands in for EventSource where a header cannot be set adds lastEventId to the
     * URL when it reconnects, and leaves an offset there that the page began with.
     */
    private static final String[] ARGUMENTS = {"lastEventId", "offset", "last_event_id"};

    private Cursor() {}

    /** The offset; empty where none is given. */
    static Optional<Long> of(ServerRequest request) {
        String header =
                request.headers().first(HeaderNames.create("Last-Event-ID")).orElse("");
        if (!header.isBlank()) {
            return Optional.of(parse(header.strip(), "Last-Event-ID"));
        }
        for (String name : ARGUMENTS) {
            String value = request.query().first(name).orElse("");
            if (!value.isEmpty()) {
                return Optional.of(parse(value, name));
            }
        }
        return Optional.empty();
    }

    static long parse(String text, String param) {
        if (!text.matches("\\d+")) {
            throw new ApiException(
                    ApiError.INVALID_CURSOR,
                    "`" + param + "` must be the id of an event of this stream: a number of bytes.",
                    param);
        }
        // What no log can be as long as is a number all the same: no event ends there.
        return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
    }

    static ApiException notAtRecord(long good) {
        return new ApiException(
                ApiError.CURSOR_NOT_AT_RECORD,
                "No event ends there: the nearest offset below where one does is " + good + ".",
                "offset");
    }
}
