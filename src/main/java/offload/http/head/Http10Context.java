package offload.http.head;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;

/**
 * A connection whose client speaks HTTP/1.0, as the web server is to see it: what it reads is HTTP/1.1 ({@link Http10Bytes}).
 * For the connection's thread.
 */
public final class Http10Context extends ReaderContext {
    /** {@code connection} is the client's; {@code request} is what it has sent last. */
    public Http10Context(ConnectionContext connection, Http10Request request) {
        super(
                connection,
                DataReader.create(new Http10Bytes(
                        request, connection.dataReader(), connection.localPeer().address())));
    }
}
