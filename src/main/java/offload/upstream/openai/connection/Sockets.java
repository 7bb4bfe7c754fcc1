package offload.upstream.openai.connection;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Opens and closes the sockets of this room. Stateless. */
final class Sockets {
    private Sockets() {}

    /** A blocking channel, not connected: it can be closed by another thread before and while it connects. */
    static SocketChannel open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        return channel;
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: whatever was to be sent has been sent before.
        }
    }
}
