package offload.http.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What the web server reads in place of the reader that it has made itself. */
class LineReaderTest {
    private final Queue<String> atServer = new ArrayDeque<>();
    private final Queue<String> atSocket = new ArrayDeque<>();

    @Test
    void what_the_web_server_has_read_comes_first_and_nothing_more_is_read_through_it() throws IOException {
        atServer.addAll(List.of("GET", "more that nobody may ask for"));
        atSocket.addAll(List.of(" / HTTP/1.1\r\n", "Host: a\r\n"));
        DataReader server = DataReader.create(() -> next(atServer));
        server.pullData();
        try (SocketChannel channel = SocketChannel.open()) {
            DataReader in = reader(server, channel);
            assertEquals("GET / HTTP/1.1", in.readLine());
            assertEquals("Host: a", in.readLine());
        }
        assertEquals(1, atServer.size(), "each reader would keep what it was given, as long as the connection lasts");
        assertTrue(atSocket.isEmpty());
    }

    @Test
    void the_end_and_a_lost_connection_are_told_as_the_web_server_tells_them() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            DataReader in = reader(DataReader.create(() -> next(atServer)), channel);
            assertThrows(DataReader.InsufficientDataAvailableException.class, in::read);
            atSocket.add("");
            assertThrows(ServerConnectionException.class, in::read);
        }
    }

    private DataReader reader(DataReader server, SocketChannel channel) {
        HelidonSocket socket = stub(HelidonSocket.class, (proxy, method, arguments) -> next(atSocket));
        ConnectionContext context = stub(
                ConnectionContext.class,
                (proxy, method, arguments) -> method.getName().equals("dataReader") ? server : socket);
        return new LineReader(context, new Connection(channel, InetAddress.getLoopbackAddress()));
    }

    /** Null at the end; an empty piece stands for a failure. */
    private static byte[] next(Queue<String> pieces) {
        String piece = pieces.poll();
        if (piece != null && piece.isEmpty()) {
            throw new UncheckedIOException(new IOException("reset"));
        }
        return piece == null ? null : piece.getBytes(StandardCharsets.US_ASCII);
    }

    private static <T> T stub(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
