package offload.http.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each request line as the web server takes it, which reads any method in capital letters: {@code delete} is none
 * (RFC 9110 section 9.1), and a proxy in front that forbids DELETE would let it pass. It also tells the connection whether
 * what is asked for is a head alone, as the answer to what cannot be routed must not have more either (section 9.3.2). For
 * the connection's thread; waits for the client.
 */
final class LineReader extends DataReader {
    /** How such a line begins. */
    static final byte[] HEAD = "HEAD ".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern LINE = Pattern.compile("[A-Za-z]+ [^ ]+ HTTP/1\\.[01]");

    private final Connection connection;

    /** Reads what the client of {@code connection} sends. */
    @SuppressWarnings(
            "removal") // It goes with the first release that leaves methods as they are sent, and this class too.
    LineReader(ConnectionContext context, Connection connection) {
        super(() -> next(context));
        this.connection = connection;
    }

    /**
     * From the socket, and not through the web server's own reader, but for what that has already: each keeps the last that it
     * was given, and a reader of events waits for hours with the head of his request in memory.
     */
    private static byte @Nullable [] next(ConnectionContext context) {
        DataReader before = context.dataReader();
        int there = before.available();
        try {
            return there > 0 ? before.readBytes(there) : context.serverSocket().get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the client has left", e);
        }
    }

    @Override
    public byte[] readBytes(int length) {
        byte[] bytes = super.readBytes(length);
        if (connection.awaitsLine()) {
            connection.line(bytes.length > HEAD.length && Arrays.mismatch(bytes, HEAD) == HEAD.length);
            requireCapitals(bytes);
        }
        return bytes;
    }

    /** What is no request line the web server refuses as such. */
    private static void requireCapitals(byte[] line) {
        boolean small = false;
        for (int i = 0; i < line.length && line[i] != ' '; i++) {
            small |= line[i] >= 'a' && line[i] <= 'z';
        }
        if (small && LINE.matcher(new String(line, StandardCharsets.ISO_8859_1)).matches()) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.OTHER)
                    .status(Status.METHOD_NOT_ALLOWED_405)
                    .header(HeaderValues.create(HeaderNames.ALLOW, RequestTarget.ALLOWED))
                    .message("The method has small letters")
                    .build();
        }
    }
}
