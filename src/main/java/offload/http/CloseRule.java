package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Closes connections that must not be used again, which the web server does not do by itself: those whose client asked
 * for it, those whose request was framed in chunks (what follows a bad chunk must never be read as a request), and those
 * that were told so in the answer. Stateless.
 */
final class CloseRule {
    private CloseRule() {}

    static void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        boolean asked = request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        boolean chunked = request.headers().contains(HeaderNames.TRANSFER_ENCODING);
        if (asked || chunked) {
            response.header(HeaderNames.CONNECTION, "close");
        }
        chain.proceed();
        if (response.isSent() && response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the last answer of this connection");
        }
    }
}
