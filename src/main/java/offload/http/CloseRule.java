package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import offload.http.connection.Connection;
import offload.http.connection.Connections;
import offload.http.connection.LastAnswer;
import offload.http.message.Answers;
import offload.http.message.ErrorBody;
import offload.http.stream.BareStream;

/**
 * Closes connections that must not be used again, which the web server does not do by itself: those whose client asked
 * for it, those where nobody knows for sure where the next request begins (one in chunks may be malformed; a body that
 * waits for {@code 100 Continue} may be sent without it, RFC 9110 section 10.1.1), those that nobody watches any more, and
 * those that were told so in the answer. As it sees every request first and last, it also tells a connection when its answer
 * begins and ends, and gives each answer what all have: its date, and that browsers must not guess its type. Any thread.
 */
final class CloseRule {
    private final Connections connections;

    CloseRule(Connections connections) {
        this.connections = connections;
    }

    void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Connection connection = connections.of(request.remotePeer().address());
        if (connection != null) {
            connection.answer();
        }
        response.header(ErrorBody.NO_SNIFFING, "nosniff");
        Answers.date(response);
        Headers headers = request.headers();
        boolean unsure = headers.contains(HeaderNames.TRANSFER_ENCODING) || headers.contains(HeaderNames.EXPECT);
        boolean last = connection == null || unsure || isLast(headers);
        if (last) {
            response.header(HeaderNames.CONNECTION, "close");
        }
        try {
            chain.proceed();
        } catch (BareStream stream) {
            if (last) {
                stream.makeLast();
            }
            throw stream;
        }
        if (response.isSent() && isLast(response.headers())) {
            throw new LastAnswer(connection);
        }
        if (connection != null) {
            connection.idle();
        }
    }

    private static boolean isLast(Headers headers) {
        if (!headers.contains(HeaderNames.CONNECTION)) {
            return false;
        }
        // What nearly all say, and what looking for one word among several is dear for.
        boolean isKept = headers.contains(HeaderValues.CONNECTION_KEEP_ALIVE);
        return !isKept && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    }
}
