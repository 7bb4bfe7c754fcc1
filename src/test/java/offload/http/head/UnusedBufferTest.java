package offload.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.PlainSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The buffer that the web server reads into, where nobody reads through it. */
class UnusedBufferTest {
    private static final byte[] WORD = "word".getBytes(StandardCharsets.US_ASCII);

    @Test
    void a_socket_of_the_web_server_loses_its_buffer_and_writes_as_before() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open();
                SocketChannel client = client(listener);
                Socket accepted = listener.accept().socket()) {
            PlainSocket socket = PlainSocket.server(accepted, "child", "server");
            UnusedBuffer.drop(socket);
            client.write(ByteBuffer.wrap(WORD));
            IllegalStateException none = assertThrows(IllegalStateException.class, socket::get);
            assertTrue(none.getMessage().contains("0 bytes"), "there was room to read into");
            socket.write(BufferData.create(WORD));
            ByteBuffer come = ByteBuffer.allocate(WORD.length);
            while (come.hasRemaining()) {
                client.read(come);
            }
            assertEquals(ByteBuffer.wrap(WORD), come.flip());
        }
    }

    private static SocketChannel client(ServerSocketChannel listener) throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return SocketChannel.open(listener.getLocalAddress());
    }
}
