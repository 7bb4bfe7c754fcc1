package offload.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the streams that leave the web server, on the connection's own thread but with next to nothing on its stack, and
 * then lets the web server have the connection again. Any thread.
 */
final class BareStreams implements ServerConnectionSelector {
    private final ServerConnectionSelector http;

    /** {@code http} speaks HTTP/1.1 before and after. */
    BareStreams(ServerConnectionSelector http) {
        this.http = http;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Served(context);
    }

    private final class Served implements ServerConnection {
        private final ConnectionContext context;
        private final Thread thread = Thread.currentThread();
        /** Null while a stream runs: what the web server kept for its request is then garbage. */
        private volatile @Nullable ServerConnection serving;

        private volatile boolean closed;

        Served(ConnectionContext context) {
            this.context = context;
            this.serving = http.connection(context);
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            ServerConnection now = serving;
            while (now != null && !closed) {
                BareStream stream = streamOf(now, limit);
                if (stream == null) {
                    return;
                }
                now = null;
                serving = null;
                run(stream);
                now = http.connection(context);
                serving = now;
            }
        }

        private static @Nullable BareStream streamOf(ServerConnection connection, Limit limit)
                throws InterruptedException {
            try {
                connection.handle(limit);
                return null;
            } catch (BareStream stream) {
                return stream;
            }
        }

        private static void run(BareStream stream) {
            try {
                if (!stream.run()) {
                    throw new CloseConnectionException("the last answer of this connection");
                }
            } catch (IOException e) {
                throw new CloseConnectionException("the client has left", e);
            }
        }

        @Override
        public Duration idleTime() {
            ServerConnection now = serving;
            return now == null ? Duration.ZERO : now.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            closed = true;
            ServerConnection now = serving;
            if (now != null) {
                now.close(interrupt);
            } else if (interrupt) {
                thread.interrupt();
            }
        }
    }
}
