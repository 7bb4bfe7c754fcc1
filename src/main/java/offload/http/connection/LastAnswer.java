package offload.http.connection;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection after its last answer: no fault, and so common that a stack trace of it would cost. Who has the
 * connection when the web server has left it ends it by {@link #linger}. For the connection's thread.
 */
public final class LastAnswer extends CloseConnectionException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Connection connection;

    /** To be thrown when the answer is sent; {@code connection} is null where nobody watches it, as behind TLS. */
    public LastAnswer(@Nullable Connection connection) {
        super("the last answer of this connection");
        this.connection = connection;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** Ends our side; the client may have sent more than was read, and not have read yet what he was sent. Waits. */
    public void linger() throws IOException {
        if (connection != null) {
            LastClose.linger(connection);
        }
    }
}
