package offload.upstream.openai;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import offload.upstream.ChatEnd;
import org.jspecify.annotations.Nullable;

/** The body of one answer on its way from the connection through its framing to whoever takes it. One thread at a time. */
final class BodyFeed {
    private final Connection connection;
    private final Framing framing;
    private final BodyTaker body;
    private final GivenSink sink;

    BodyFeed(Connection connection, Framing framing, BodyTaker body, GivenSink sink) {
        this.connection = connection;
        this.framing = framing;
        this.body = body;
        this.sink = sink;
    }

    /** Feeds what the connection's buffer holds between {@code from} and {@code to}; null while the body goes on. */
    @Nullable
    ChatEnd feed(int from, int to) throws IOException {
        if (!framing.feed(connection.buffer(), from, to, body)) {
            return body.end(true);
        }
        if (!connection.hasMore()) {
            sink.flush();
        }
        return null;
    }

    /** Reads, which waits only on a blocking channel, and feeds all that came together; null while the body goes on. */
    @Nullable
    ChatEnd step() throws IOException {
        ChatEnd end = null;
        do {
            int count = read();
            if (count == LOST || count == CLOSED) {
                return body.end(framing.endsWithConnection() && count == CLOSED);
            }
            end = feed(0, count);
        } while (end == null && connection.hasMore());
        return end;
    }

    private static final int CLOSED = -1;
    private static final int LOST = -2;

    private int read() throws EndOfCall {
        try {
            return connection.read();
        } catch (ClosedByInterruptException e) {
            throw EndOfCall.aborted();
        } catch (IOException e) {
            return LOST;
        }
    }

    Connection connection() {
        return connection;
    }
}
