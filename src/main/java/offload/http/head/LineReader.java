package offload.http.head;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import offload.http.connection.Connection;
import offload.http.message.RequestTarget;

/**
 * Looks at each request line as the web server takes it, which reads any method in capital letters: {@code delete} is none
 * (RFC 9110 section 9.1), and a proxy in front that forbids DELETE would let it pass. CONNECT is refused here as well: what it
 * names is no path, and the web server takes some of it for no HTTP. It also tells the connection whether what is asked for
 * is a head alone, as the answer to what cannot be routed must not have more either (section 9.3.2), and has the bytes of a
 * request wiped before the next one is waited for. For the connection's thread; waits for the client.
 */
public final class LineReader extends DataReader {
    /** How such a line begins. */
    static final byte[] HEAD = "HEAD ".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CONNECT = "CONNECT ".getBytes(StandardCharsets.US_ASCII);
    private static final int LINE_END = 2;
    private static final Pattern LINE = Pattern.compile("[A-Za-z]+ [^ ]+ HTTP/1\\.[01]");

    private final ClientBytes bytes;
    private final Connection connection;

    /** Reads what the client of {@code connection} sends. */
    LineReader(ConnectionContext context, Connection connection) {
        this(new ClientBytes(context, connection), connection);
    }

    @SuppressWarnings(
            "removal") // It goes with the first release that leaves methods as they are sent, and this class too.
    private LineReader(ClientBytes bytes, Connection connection) {
        super(bytes);
        this.bytes = bytes;
        this.connection = connection;
    }

    /** Forgets what was taken so far, keys and tokens with it: nobody looks at the head of that request again. */
    public void wipe() {
        bytes.wipe(available());
    }

    @Override
    public void pullData() {
        if (connection.awaitsLine()) {
            wipe();
        }
        super.pullData();
    }

    /** An empty line before a request line is no part of it: some clients send one too many after a body (RFC 9112, section 2.2). */
    @Override
    public int findNewLine(int max) {
        int end = super.findNewLine(max);
        if (end == 0 && connection.awaitsLine()) {
            skip(LINE_END);
            return super.findNewLine(max);
        }
        return end;
    }

    @Override
    public byte[] readBytes(int length) {
        if (!connection.awaitsLine()) {
            return super.readBytes(length);
        }
        // It may have come together with the request before.
        wipe();
        byte[] line = super.readBytes(length);
        connection.line(beginsWith(HEAD, line));
        requireMethod(line);
        return line;
    }

    private static boolean beginsWith(byte[] method, byte[] line) {
        return line.length > method.length && Arrays.mismatch(line, method) == method.length;
    }

    /** What is no request line the web server refuses as such. */
    private static void requireMethod(byte[] line) {
        boolean none = beginsWith(CONNECT, line);
        for (int i = 0; i < line.length && line[i] != ' '; i++) {
            none |= line[i] >= 'a' && line[i] <= 'z';
        }
        if (none && LINE.matcher(new String(line, StandardCharsets.ISO_8859_1)).matches()) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.OTHER)
                    .status(Status.METHOD_NOT_ALLOWED_405)
                    .header(HeaderValues.create(HeaderNames.ALLOW, RequestTarget.ALLOWED))
                    .message("The method has small letters, or is CONNECT")
                    .build();
        }
    }
}
