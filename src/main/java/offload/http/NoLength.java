package offload.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.ServerResponse;

/**
 * Keeps the length out of answers that cannot have a body: it must not be in a 204, and in a 304 it would be the length
 * of what is not sent (RFC 9110, section 8.6). The web server adds one to every answer without, the last thing before it
 * tells its listener of the head and writes that; so the length to be taken out is known by its identity. Stateless.
 */
final class NoLength {
    private static final Header TAKEN_OUT = HeaderValues.createCached(HeaderNames.CONTENT_LENGTH, "0");

    private NoLength() {}

    /** Before the status is set, which puts a length in where there is none. */
    static void ask(ServerResponse response) {
        response.header(TAKEN_OUT);
    }

    /** Right before the head is written. */
    @SuppressWarnings("ReferenceEquality") // An equal length that nobody asked to be taken out has to stay.
    static void takeOut(Headers head) {
        if (head instanceof WritableHeaders<?> written
                && head.contains(HeaderNames.CONTENT_LENGTH)
                && head.get(HeaderNames.CONTENT_LENGTH) == TAKEN_OUT) {
            written.remove(HeaderNames.CONTENT_LENGTH);
        }
    }
}
