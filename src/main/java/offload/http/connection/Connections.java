package offload.http.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The table of accepted connections, by their whole remote address; the port alone would not do, as two peers can share
 * one. {@link AcceptHook} puts them in, and {@link ConnectionGuard} drops those that have closed.
 *
 * <p>Any thread. Whoever uses a channel must leave it in blocking mode, as the web server expects it.
 */
public final class Connections {
    private final Map<SocketAddress, Connection> table = new ConcurrentHashMap<>();
    private final Map<Source, Integer> bySource = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();

    /** The connection with the peer at {@code remote}; null where there is none that is open, as behind TLS. */
    @Nullable
    public Connection of(SocketAddress remote) {
        Connection found = table.get(remote);
        return found == null || !found.channel().isOpen() ? null : found;
    }

    /** Puts in a channel that was accepted just now; null where it has closed already. */
    @Nullable
    Connection add(SocketChannel channel) {
        try {
            if (channel.getRemoteAddress() instanceof InetSocketAddress remote) {
                Connection added = new Connection(channel, remote.getAddress());
                bySource.merge(Source.of(added.peer()), 1, Integer::sum);
                Connection former = table.put(remote, added);
                if (former != null) {
                    release(former);
                }
                return added;
            }
        } catch (IOException e) {
            // Closed between its acceptance and now: there is nothing to keep.
        }
        return null;
    }

    /** Shows each open connection to {@code look}, and forgets those that have closed. */
    void sweep(Consumer<Connection> look) {
        table.forEach((remote, connection) -> {
            if (connection.channel().isOpen()) {
                look.accept(connection);
            } else if (table.remove(remote, connection)) {
                release(connection);
            }
        });
    }

    /** It is there for its last answer alone, and takes nobody's place. */
    void refuse(Connection connection) {
        // First of all: a sweep that finds it closed meanwhile gives back the place that it has from here on.
        connection.refuse();
        refused.incrementAndGet();
        leave(connection);
    }

    private void release(Connection connection) {
        if (connection.isRefused()) {
            refused.decrementAndGet();
        } else {
            leave(connection);
        }
    }

    private void leave(Connection connection) {
        bySource.computeIfPresent(Source.of(connection.peer()), (_, count) -> count > 1 ? count - 1 : null);
    }

    /** How many there are, with those that have closed since the last sweep, and without those that were refused. */
    int count() {
        return table.size() - refused.get();
    }

    /** How many were refused, and are there yet. */
    int refused() {
        return refused.get();
    }

    /** How many of them {@code peer} has. */
    int count(InetAddress peer) {
        return bySource.getOrDefault(Source.of(peer), 0);
    }
}
