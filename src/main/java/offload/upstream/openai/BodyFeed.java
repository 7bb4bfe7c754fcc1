package offload.upstream.openai;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import offload.upstream.ChatEnd;
import offload.upstream.openai.body.BodyTaker;
import offload.upstream.openai.body.EndOfCall;
import offload.upstream.openai.body.Framing;
import offload.upstream.openai.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The body of one answer on its way from the connection through its framing to whoever takes it: read, taken, published,
 * in this order and again. One thread at a time.
 */
final class BodyFeed {
    private static final int CLOSED = -1;
    private static final int LOST = -2;

    private final Connection connection;
    private final Framing framing;
    private final BodyTaker body;
    private final GivenSink sink;
    private int count;

    BodyFeed(Connection connection, Framing framing, BodyTaker body, GivenSink sink) {
        this.connection = connection;
        this.framing = framing;
        this.body = body;
        this.sink = sink;
    }

    /** Feeds what came with the head, between {@code from} and {@code to}; null while the body goes on. */
    @Nullable
    ChatEnd begin(int from, int to) throws IOException {
        ChatEnd end = rest(feed(from, to));
        publish();
        return end;
    }

    /** Reads what there is, which waits for it only on a blocking channel. */
    void read() throws EndOfCall {
        try {
            count = connection.read();
        } catch (ClosedByInterruptException e) {
            throw EndOfCall.aborted();
        } catch (IOException e) {
            count = LOST;
        }
    }

    /** Feeds all that was read and has the events appended; null while the body goes on. */
    @Nullable
    ChatEnd take() throws IOException {
        return rest(taken());
    }

    /** Lets readers have what was appended. */
    void publish() throws IOException {
        sink.publish();
    }

    /** All of it, one after the other; null while the body goes on. */
    @Nullable
    ChatEnd step() throws IOException {
        read();
        ChatEnd end = take();
        publish();
        return end;
    }

    /** What the connection has of its own, from a record of TLS for example; what is given at the end is left to the end. */
    private @Nullable ChatEnd rest(@Nullable ChatEnd first) throws IOException {
        ChatEnd end = first;
        while (end == null && connection.hasMore()) {
            read();
            end = taken();
        }
        if (end == null) {
            sink.append();
        }
        return end;
    }

    private @Nullable ChatEnd taken() throws IOException {
        return count < 0 ? body.end(framing.endsWithConnection() && count == CLOSED) : feed(0, count);
    }

    private @Nullable ChatEnd feed(int from, int to) throws IOException {
        return framing.feed(connection.buffer(), from, to, body) ? null : body.end(true);
    }

    Connection connection() {
        return connection;
    }
}
