package offload.http.stream;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.util.function.LongConsumer;
import offload.http.connection.LastAnswer;
import org.jspecify.annotations.Nullable;

/**
 * An event stream that leaves the web server: its head is sent, and what follows needs none of what the web server keeps
 * for a request, nor the stack that led to the route, for as long as a reader may wait. A route throws it; filters that it
 * passes say what they want done at its end; who has the connection when the web server has left it runs it. For the
 * connection's thread.
 */
public final class BareStream extends CloseConnectionException {
    private static final long serialVersionUID = 1;

    private final transient DirectStream stream;
    private transient @Nullable LongConsumer atEnd;
    private boolean last;

    BareStream(DirectStream stream) {
        super("the stream goes on without the web server");
        this.stream = stream;
    }

    /** It says where to go on, not what went wrong. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** The connection is not to be used again. */
    public void makeLast() {
        last = true;
    }

    /** {@code then} is told at the end, whatever it is, how many bytes followed the head. */
    public void atEnd(LongConsumer then) {
        atEnd = then;
    }

    /**
     * Sends the rest of the stream, and waits for its events.
     *
     * @throws LastAnswer when it is sent, if the connection is not to be used again
     */
    public void run() throws IOException {
        try {
            stream.run();
        } finally {
            LongConsumer then = atEnd;
            if (then != null) {
                then.accept(stream.sent());
            }
        }
        if (last) {
            throw new LastAnswer(stream.connection());
        }
        stream.connection().idle();
    }
}
