package offload.http.head;

import io.helidon.webserver.ConnectionContext;
import offload.http.connection.Connection;

/** A connection whose request lines are looked at on their way to the web server. For the connection's thread. */
final class LineContext extends ReaderContext {
    LineContext(ConnectionContext context, Connection connection) {
        super(context, new LineReader(context, connection));
        UnusedBuffer.drop(context.serverSocket());
    }
}
