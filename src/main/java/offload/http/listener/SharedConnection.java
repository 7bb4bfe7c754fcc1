package offload.http.listener;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.time.Duration;
import offload.http.connection.LastAnswer;
import offload.http.head.Http10Context;
import offload.http.head.Http10Request;
import offload.http.head.LineReader;
import offload.http.stream.BareStream;
import org.jspecify.annotations.Nullable;

/**
 * One connection that the web server and we serve in turns: it is the web server's, but for what that leaves to us by an exception.
 * A stream runs on the connection's own thread with next to nothing on its stack, and a request in HTTP/1.0 is given back in other
 * words; then the web server has the connection again, unless that was its last answer. Made by that thread; any may close it.
 */
final class SharedConnection implements ServerConnection {
    private final ServerConnectionSelector http;
    private final ConnectionContext context;
    private final Thread thread = Thread.currentThread();
    /** Null while a stream runs, and after the last answer: what the web server kept for a request is then garbage. */
    private volatile @Nullable ServerConnection serving;

    private volatile boolean closed;

    /** {@code http} speaks HTTP/1.1 before and after. */
    SharedConnection(ServerConnectionSelector http, ConnectionContext context) {
        this.http = http;
        this.context = context;
        this.serving = http.connection(context);
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            serve(limit);
        } catch (LastAnswer last) {
            end(last);
        }
    }

    private void serve(Limit limit) throws InterruptedException {
        ServerConnection now = serving;
        while (now != null && !closed) {
            CloseConnectionException left = serve(now, limit);
            if (left == null) {
                return;
            }
            now = null;
            serving = null;
            now = http.connection(goOn(left));
            serving = now;
        }
    }

    /** What is left to us; null at the connection's end. */
    private static @Nullable CloseConnectionException serve(ServerConnection connection, Limit limit)
            throws InterruptedException {
        try {
            connection.handle(limit);
            return null;
        } catch (BareStream | Http10Request left) {
            return left;
        }
    }

    /** Runs what has left the web server; the connection as that is to see it afterwards. */
    private ConnectionContext goOn(CloseConnectionException left) {
        if (left instanceof Http10Request request) {
            return new Http10Context(context, request);
        }
        wipe();
        run((BareStream) left);
        return context;
    }

    private void wipe() {
        if (context.dataReader() instanceof LineReader head) {
            head.wipe();
        }
    }

    private static void run(BareStream stream) {
        try {
            stream.run();
        } catch (IOException e) {
            throw new CloseConnectionException("the client has left", e);
        }
    }

    private void end(LastAnswer last) {
        serving = null;
        wipe();
        try {
            last.linger();
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
