package offload.http.message;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.ServerResponse;

/**
 * Keeps the length out of answers that cannot have one: it must not be in a 204, and in a 304 it would be the length
 * of what is not sent (RFC 9110, section 8.6); nor is there one where the end of the connection is that of the body, or where
 * the chunks of the body are framed here. The web server adds one to every answer without, or else frames chunks, the last
 * thing before it tells its listener of the head and writes that; so the length to be taken out is known by its identity. Stateless.
 */
public final class NoLength {
    private static final Header TAKEN_OUT = HeaderValues.createCached(HeaderNames.CONTENT_LENGTH, "0");
    private static final Header ENDLESS =
            HeaderValues.createCached(HeaderNames.CONTENT_LENGTH, Long.toString(Long.MAX_VALUE));

    private static final Header IN_CHUNKS =
            HeaderValues.createCached(HeaderNames.CONTENT_LENGTH, Long.toString(Long.MAX_VALUE));

    private NoLength() {}

    /** Before the status is set, which puts a length in where there is none. */
    public static void ask(ServerResponse response) {
        response.header(TAKEN_OUT);
    }

    /** Before the first byte: HTTP/1.0 knows no chunks, so the body ends with the connection (RFC 9112 section 6.3). */
    public static void untilClosed(ServerResponse response) {
        response.header(ENDLESS);
    }

    /** Before the first byte: the body is in chunks (RFC 9112 section 7.1), which is what is written then. */
    public static void framedHere(ServerResponse response) {
        response.header(IN_CHUNKS);
    }

    /** Right before the head is written. */
    @SuppressWarnings("ReferenceEquality") // An equal length that nobody asked to be taken out has to stay.
    public static void takeOut(Headers head) {
        if (head instanceof WritableHeaders<?> written && head.contains(HeaderNames.CONTENT_LENGTH)) {
            Header length = head.get(HeaderNames.CONTENT_LENGTH);
            if (length == TAKEN_OUT || length == ENDLESS || length == IN_CHUNKS) {
                written.remove(HeaderNames.CONTENT_LENGTH);
            }
            if (length == IN_CHUNKS) {
                written.set(HeaderValues.TRANSFER_ENCODING_CHUNKED);
            }
        }
    }
}
