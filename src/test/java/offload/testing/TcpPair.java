package offload.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A connection, of which a test has both ends. */
public record TcpPair(Socket client, SocketChannel server) implements Closeable {

    /** A new one. */
    public static TcpPair open() throws IOException {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Socket client = new Socket(
                    InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
            return new TcpPair(client, listener.accept());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
