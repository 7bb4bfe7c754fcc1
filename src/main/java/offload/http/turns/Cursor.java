package offload.http.turns;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import offload.http.message.QueryParameter;
import offload.turn.ApiError;
import offload.turn.ApiException;

/**
 * Where a reader of an event stream wants to go on: {@code Last-Event-ID}, or else {@code ?offset=}.
 *
 * @param offset the byte after the last event that the reader has
 * @param param the header or argument that says so, for errors
 */
record Cursor(long offset, String param) {
    /**
     * In the order in which they count. What stands in for EventSource where a header cannot be set adds lastEventId to the
     * URL when it reconnects, and leaves an offset there that the page began with.
     */
    private static final String[] ARGUMENTS = {"lastEventId", "offset", "last_event_id"};

    /** Empty where none is given. */
    static Optional<Cursor> of(ServerRequest request) {
        String header =
                request.headers().first(HeaderNames.create("Last-Event-ID")).orElse("");
        if (!header.isBlank()) {
            return Optional.of(named("Last-Event-ID", header.strip()));
        }
        for (String name : ARGUMENTS) {
            String value = QueryParameter.first(request, name);
            if (value != null && !value.isEmpty()) {
                return Optional.of(named(name, value));
            }
        }
        return Optional.empty();
    }

    private static Cursor named(String param, String value) {
        return new Cursor(parse(value, param), param);
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

    /** The nearest lower offset where a record ends is {@code good}. */
    ApiException notAtRecord(long good) {
        return new ApiException(
                ApiError.CURSOR_NOT_AT_RECORD,
                "No event ends there: the nearest offset below where one does is " + good + ".",
                param);
    }
}
