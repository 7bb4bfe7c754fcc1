package offload.http.head;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import offload.http.connection.Connection;
import offload.http.connection.Connections;
import offload.http.connection.LastClose;
import offload.http.message.NoLength;
import offload.turn.ApiError;
import org.jspecify.annotations.Nullable;

/**
 * What the web server's HTTP/1.1 tells of a connection: that a request line has come, and that the head and the bytes of
 * an answer are about to be written. Registered for both directions, and the only one: where there are two listeners the
 * web server tells neither of anything. Any thread.
 */
public final class ConnectionProgress implements Http1ConnectionListener {
    /** Where the status begins in the first line of an answer, and where it ends. */
    private static final int STATUS = "HTTP/1.1 ".length();

    private static final int STATUS_END = STATUS + 3;

    private final Connections connections;
    private final Consumer<ApiError> refused;
    private final HeadMemory heads;

    /** {@code refused} is told of what is refused here, which no route gets to see. */
    public ConnectionProgress(Connections connections, Consumer<ApiError> refused, HeadMemory heads) {
        this.heads = heads;
        this.connections = connections;
        this.refused = refused;
    }

    /** The connection as the web server is to see it. */
    public ConnectionContext watched(ConnectionContext context) {
        Connection connection = of(context);
        return connection == null ? context : new LineContext(context, connection);
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        Connection connection = of(context);
        if (connection != null) {
            connection.head(context.dataReader());
            if (context instanceof Http10Context) {
                connection.withoutChunks();
            }
            connection.headTakes(heads.await(context.dataReader()));
        }
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        NoLength.takeOut(headers);
    }

    @Override
    public void data(ConnectionContext context, BufferData data) {
        Connection connection = of(context);
        if (connection == null) {
            return;
        }
        if (connection.isServed()) {
            connection.write();
        } else {
            refuse(connection, data, wantsHeadAlone(connection, context.dataReader()));
        }
    }

    /** Also of a line that was too long to be taken, or has no proper end. */
    private static boolean wantsHeadAlone(Connection connection, DataReader in) {
        return connection.awaitsLine()
                ? in.available() >= LineReader.HEAD.length && in.startsWith(LineReader.HEAD)
                : connection.wantsHeadAlone();
    }

    /** Answers what can be no request at all, and ends the connection. */
    public void refuse(ConnectionContext context) {
        Connection connection = of(context);
        if (connection == null) {
            throw new CloseConnectionException("not HTTP");
        }
        refuse(connection, BufferData.create(Refusals.notHttp()), false);
    }

    /**
     * An answer without a request that could be routed: the web server closes right after it, and what the client is still
     * sending would turn the close into a reset that takes the answer with it (RFC 9112 section 9.6). So it is sent here.
     */
    private void refuse(Connection connection, BufferData data, boolean headAlone) {
        try {
            byte[] answer = data.readBytes();
            ByteBuffer bytes = ByteBuffer.wrap(answer, 0, headAlone ? endOfHead(answer) : answer.length);
            String status = new String(answer, STATUS, STATUS_END - STATUS, StandardCharsets.US_ASCII);
            refused.accept(Refusals.errorOf(Integer.parseInt(status)));
            connection.linger();
            while (bytes.hasRemaining()) {
                connection.channel().write(bytes);
            }
            LastClose.linger(connection);
        } catch (IOException e) {
            throw new CloseConnectionException("the client has left", e);
        }
        throw new CloseConnectionException("the request was malformed");
    }

    /** What is refused is JSON in one line, so that the last line end is the one behind the head. */
    private static int endOfHead(byte[] answer) {
        int end = answer.length;
        while (answer[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private @Nullable Connection of(ConnectionContext context) {
        return connections.of(context.remotePeer().address());
    }
}
