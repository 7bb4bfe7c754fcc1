package offload.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import offload.http.connection.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the web server reads in place of the reader that it has made itself. */
class LineReaderTest {
    private static final String FIELD = "Key: secret";

    private final Queue<String> atServer = new ArrayDeque<>();
    private SocketChannel client;
    private SocketChannel accepted;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(listener.getLocalAddress());
            accepted = listener.accept();
        }
        connection = new Connection(accepted, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        accepted.close();
    }

    @Test
    void what_the_web_server_has_read_comes_first_and_nothing_more_is_read_through_it() throws IOException {
        atServer.addAll(List.of("GET", "more that nobody may ask for"));
        DataReader server = DataReader.create(() -> bytes(atServer.remove()));
        server.pullData();
        send(" / HTTP/1.1\r\nHost: a\r\n");
        DataReader in = reader(server);
        assertEquals("GET / HTTP/1.1", line(in));
        assertEquals("Host: a", in.readLine());
        assertEquals(1, atServer.size(), "each reader would keep what it was given, as long as the connection lasts");
    }

    @Test
    void the_end_is_told_as_the_web_server_tells_it() throws IOException {
        client.close();
        assertThrows(DataReader.InsufficientDataAvailableException.class, reader(nothing())::read);
    }

    @Test
    void a_lost_connection_is_told_as_the_web_server_tells_it() throws IOException {
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
        assertThrows(ServerConnectionException.class, reader(nothing())::read);
    }

    @Test
    void what_was_read_of_a_request_is_wiped_before_the_next_is_waited_for() throws IOException {
        DataReader in = reader(nothing());
        arrives(in, "G");
        arrives(in, "ET / HTTP/1.1\r\n");
        assertEquals("GET / HTTP/1.1", line(in));
        connection.head(in);
        arrives(in, FIELD.substring(0, 5));
        arrives(in, FIELD.substring(5));
        BufferData during = in.getBuffer(FIELD.length());
        BufferData after = in.getBuffer(FIELD.length());
        in.skip(FIELD.length());
        // The end of this request and the beginning of the next come in one piece, and the rest of that in crumbs.
        arrives(in, "\r\n\r\nG");
        in.skip("\r\n\r\n".length());
        assertEquals(FIELD, during.readString(FIELD.length(), StandardCharsets.US_ASCII));
        connection.idle();
        arrives(in, "E");
        arrives(in, "T /next HTTP/1.1\r\n");
        assertEquals("GET /next HTTP/1.1", line(in));
        assertEquals("\0".repeat(FIELD.length()), after.readString(FIELD.length(), StandardCharsets.US_ASCII));
    }

    @Test
    void what_was_read_together_with_the_next_request_is_wiped_when_that_begins() throws IOException {
        DataReader in = reader(nothing());
        arrives(in, "GET / HTTP/1.1\r\n" + FIELD + "\r\n\r\nGET /next HTTP/1.1\r\n");
        assertEquals("GET / HTTP/1.1", line(in));
        connection.head(in);
        BufferData field = in.getBuffer(FIELD.length());
        in.skip((FIELD + "\r\n\r\n").length());
        connection.idle();
        assertEquals("GET /next HTTP/1.1", line(in));
        assertEquals("\0".repeat(FIELD.length()), field.readString(FIELD.length(), StandardCharsets.US_ASCII));
    }

    @Test
    void of_a_body_that_comes_in_pieces_the_last_alone_is_remembered_and_the_head_is_wiped_all_the_same()
            throws IOException {
        DataReader in = reader(nothing());
        arrives(in, "POST / HTTP/1.1\r\n" + FIELD);
        assertEquals("POST / HTTP/1.1", line(in));
        connection.head(in);
        BufferData head = in.getBuffer(FIELD.length());
        in.skip(FIELD.length());
        connection.body();
        arrives(in, "first");
        BufferData first = in.getBuffer("first".length());
        in.skip("first".length());
        arrives(in, "lastGET ");
        BufferData last = in.getBuffer("last".length());
        in.skip("last".length());
        connection.answer();
        connection.idle();
        arrives(in, "/ HTTP/1.1\r\n");
        assertEquals("GET / HTTP/1.1", line(in));
        assertEquals("\0".repeat(FIELD.length()), head.readString(FIELD.length(), StandardCharsets.US_ASCII));
        assertEquals("first", first.readString("first".length(), StandardCharsets.US_ASCII));
        assertEquals("\0\0\0\0", last.readString("last".length(), StandardCharsets.US_ASCII));
    }

    /** A piece of its own. */
    private void arrives(DataReader in, String piece) throws IOException {
        send(piece);
        in.pullData();
    }

    private void send(String text) throws IOException {
        client.write(ByteBuffer.wrap(bytes(text)));
    }

    /** As the web server takes a request line. */
    private static String line(DataReader in) {
        byte[] line = in.readBytes(in.findNewLine(Integer.MAX_VALUE));
        in.skip("\r\n".length());
        return new String(line, StandardCharsets.US_ASCII);
    }

    private static DataReader nothing() {
        return DataReader.create(() -> null);
    }

    private DataReader reader(DataReader server) {
        Object context = Proxy.newProxyInstance(
                ConnectionContext.class.getClassLoader(),
                new Class<?>[] {ConnectionContext.class},
                (proxy, method, arguments) -> server);
        return new LineReader((ConnectionContext) context, connection);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
