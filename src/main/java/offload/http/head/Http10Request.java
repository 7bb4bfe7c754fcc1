package offload.http.head;

import io.helidon.webserver.CloseConnectionException;
import java.util.Optional;
import offload.http.message.RequestTarget;

/**
 * A request in HTTP/1.0, which the web server does not speak: proxies that nobody told otherwise send it, health probes and
 * older PHP. Thrown when its first line has been read and nothing else; it is served in the words of
 * HTTP/1.1 then ({@link Http10Context}). For the connection's thread.
 */
public final class Http10Request extends CloseConnectionException {
    private static final long serialVersionUID = 1;

    private final String method;
    private final String target;

    Http10Request(String method, String target) {
        super("the client speaks HTTP/1.0");
        this.method = method;
        this.target = target;
    }

    /** It says how to go on, not what went wrong. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** The server that the target names, if it names one. */
    Optional<String> authority() {
        return RequestTarget.authority(target);
    }

    /** The request line that a client of HTTP/1.1 would have sent. */
    String line() {
        return method + ' ' + target + " HTTP/1.1\r\n";
    }
}
