package offload.http.connection;

import io.helidon.webserver.CloseConnectionException;

/** Ends a connection after its last answer: no fault, and so common that a stack trace of it would cost. */
public final class LastAnswer extends CloseConnectionException {
    private static final long serialVersionUID = 1;

    /** To be thrown when the answer is sent, by the connection's thread. */
    public LastAnswer() {
        super("the last answer of this connection");
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
