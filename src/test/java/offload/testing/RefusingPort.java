package offload.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of 127.0.0.1 that refuses connections: it is bound and not listened on. While this is open nobody else gets it, as
 * they may get one that was free a moment ago.
 */
public final class RefusingPort implements AutoCloseable {
    private final Socket holder = new Socket();

    private RefusingPort() {}

    public static RefusingPort open() throws IOException {
        RefusingPort port = new RefusingPort();
        port.holder.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        return port;
    }

    public int number() {
        return holder.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
