package offload.http.head;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first byte of a connection before HTTP/1.1 takes it. What is no text, such as a TLS handshake or a SOCKS
 * greeting, can never become a request, and perhaps it holds no end of a line that the web server could wait for. Any thread.
 */
public final class FirstByte implements ServerConnectionSelector {
    private final ServerConnectionSelector http;
    private final UnaryOperator<ConnectionContext> watched;
    private final Function<ConnectionContext, ServerConnection> rest;
    private final Consumer<ConnectionContext> refuse;

    /**
     * {@code http} knows what is HTTP/1.1, which {@code rest} then speaks; {@code refuse} answers what is none. Each sees a
     * connection as it is {@code watched}.
     */
    public FirstByte(
            ServerConnectionSelector http,
            UnaryOperator<ConnectionContext> watched,
            Function<ConnectionContext, ServerConnection> rest,
            Consumer<ConnectionContext> refuse) {
        this.http = http;
        this.watched = watched;
        this.rest = rest;
        this.refuse = refuse;
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
        ConnectionContext seen = watched.apply(context);
        return new Looked(seen, rest.apply(seen));
    }

    private final class Looked implements ServerConnection {
        private final ConnectionContext context;
        private final ServerConnection rest;
        private volatile @Nullable Thread looking;
        private volatile boolean closed;

        Looked(ConnectionContext context, ServerConnection rest) {
            this.context = context;
            this.rest = rest;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            looking = Thread.currentThread();
            if (closed) {
                return;
            }
            try {
                if (!isText(context.dataReader().lookup())) {
                    refuse.accept(context);
                    return;
                }
            } catch (DataReader.InsufficientDataAvailableException e) {
                throw new CloseConnectionException("the client has left", e);
            } finally {
                looking = null;
            }
            rest.handle(limit);
        }

        /** Line ends are text: some clients send one too many after a body. */
        private static boolean isText(byte first) {
            return first >= ' ' && first < 0x7f || first == '\r' || first == '\n';
        }

        @Override
        public Duration idleTime() {
            return rest.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            closed = true;
            Thread waiting = looking;
            if (waiting != null) {
                waiting.interrupt();
            } else {
                rest.close(interrupt);
            }
        }
    }
}
