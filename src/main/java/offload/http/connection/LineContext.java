package offload.http.connection;

import io.helidon.webserver.ConnectionContext;

/** A connection whose request lines are looked at on their way to the web server. For the connection's thread. */
final class LineContext extends ReaderContext {
    LineContext(ConnectionContext context, Connection connection) {
        super(context, new LineReader(context, connection));
    }
}
