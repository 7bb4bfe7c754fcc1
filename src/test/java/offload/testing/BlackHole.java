package offload.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A loopback port whose accept queue is full: the kernel drops further SYNs, so that connecting to it neither succeeds nor
 * fails (Linux, tcp(7)).
 */
public final class BlackHole implements AutoCloseable {
    private static final int MOST = 20;

    private final ServerSocket server;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private BlackHole(ServerSocket server) {
        this.server = server;
    }

    /** On a free port of 127.0.0.1. */
    public static BlackHole open() throws IOException {
        return open("127.0.0.1", 0);
    }

    public static BlackHole open(String address, int port) throws IOException {
        BlackHole hole = new BlackHole(new ServerSocket(port, 1, InetAddress.ofLiteral(address)));
        for (int i = 0; i < MOST; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            hole.waiting.add(channel);
            channel.connect(new InetSocketAddress(InetAddress.ofLiteral(address), hole.port()));
        }
        return hole;
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : waiting) {
            channel.close();
        }
        server.close();
    }
}
