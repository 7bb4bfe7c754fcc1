package offload.http.head;

import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import offload.http.connection.Connection;
import offload.http.connection.Connections;

/** Holds the memory of a request's head while it is answered. A stream that leaves the web server keeps none. Any thread. */
public final class HeldHead {
    private final Connections connections;
    private final HeadMemory heads;

    /** Heads of {@code connections}, in the memory that {@code heads} has for all. */
    public HeldHead(Connections connections, HeadMemory heads) {
        this.connections = connections;
        this.heads = heads;
    }

    /** Goes on with the request, and holds its head until it is answered or has become a stream. */
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Connection connection = connections.of(request.remotePeer().address());
        long head = connection == null ? 0 : connection.headMemory();
        heads.hold(head);
        try {
            chain.proceed();
        } finally {
            heads.release(head);
        }
    }
}
