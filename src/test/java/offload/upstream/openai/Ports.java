package offload.upstream.openai;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports where nobody answers. */
final class Ports {
    private Ports() {}

    /** A loopback port that refuses connections: it was free a moment ago. */
    static int refusing() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
