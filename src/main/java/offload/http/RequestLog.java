package offload.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import offload.http.connection.Connection;
import offload.http.connection.Connections;
import offload.http.message.RequestTarget;
import offload.http.stream.BareStream;
import offload.logs.AccessLog;
import offload.logs.RequestId;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request its id, counts it and writes it down: method, path, status, bytes, time. Never a query, a header or
 * a body: they hold tokens and keys. Any thread.
 */
final class RequestLog {
    private static final HeaderName ID = HeaderNames.create("X-Request-Id");

    /** In place of a status where none was sent, as the client had left. */
    private static final int NONE = 0;

    private static final String BYTES = "bytes";
    private static final String SECONDS = "seconds";

    private final HttpNumbers numbers;
    private final Connections connections;

    RequestLog(HttpNumbers numbers, Connections connections) {
        this.numbers = numbers;
        this.connections = connections;
    }

    void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String id = RequestId.of(request.headers().first(ID).orElse(null));
        response.header(ID, id);
        long begun = System.nanoTime();
        Connection connection =
                AccessLog.isOn() ? connections.of(request.remotePeer().address()) : null;
        RequestId.during(id, () -> {
            boolean over = true;
            try {
                chain.proceed();
            } catch (BareStream stream) {
                over = false;
                if (AccessLog.isOn()) {
                    Map<String, Object> facts = facts(request, response, connection, begun);
                    stream.atEnd(more -> RequestId.during(id, () -> write(facts, more, begun)));
                }
                throw stream;
            } finally {
                int status = status(response);
                if (status != NONE) {
                    numbers.answered(status);
                }
                if (over && AccessLog.isOn()) {
                    AccessLog.write(facts(request, response, connection, begun));
                }
            }
        });
    }

    private static void write(Map<String, Object> facts, long moreBytes, long begun) {
        facts.merge(BYTES, moreBytes, (head, more) -> (Long) head + (Long) more);
        facts.put(SECONDS, secondsSince(begun));
        AccessLog.write(facts);
    }

    private static int status(RoutingResponse response) {
        boolean begun = response.isSent() || response.bytesWritten() > 0;
        return begun ? response.status().code() : NONE;
    }

    private static double secondsSince(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / 1000.0;
    }

    private static Map<String, Object> facts(
            RoutingRequest request, RoutingResponse response, @Nullable Connection connection, long begun) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("method", request.prologue().method().text());
        facts.put("path", RequestTarget.shown(request.path().rawPath()));
        facts.put("status", status(response));
        facts.put(BYTES, response.bytesWritten() + (connection == null ? 0 : connection.passed()));
        facts.put(SECONDS, secondsSince(begun));
        facts.put("peer", String.valueOf(request.remotePeer().host()));
        return facts;
    }
}
