package offload.http;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection: the web server's, but for the streams that leave it. They run on the connection's own thread with next to
 * nothing on its stack, and then the web server has the connection again. Made by that thread; any may close it.
 */
final class BareStreams implements ServerConnection {
    private final ServerConnectionSelector http;
    private final ConnectionContext context;
    private final Thread thread = Thread.currentThread();
    /** Null while a stream runs: what the web server kept for its request is then garbage. */
    private volatile @Nullable ServerConnection serving;

    private volatile boolean closed;

    /** {@code http} speaks HTTP/1.1 before and after. */
    BareStreams(ServerConnectionSelector http, ConnectionContext context) {
        this.http = http;
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

    private static @Nullable BareStream streamOf(ServerConnection connection, Limit limit) throws InterruptedException {
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
                throw new LastAnswer();
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
