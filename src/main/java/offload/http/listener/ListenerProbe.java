package offload.http.listener;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks a listener of this process from outside, as a client would, so that all of its way is walked: the acceptance, the
 * connection's thread, the routes. For a platform thread: it must not wait for what it looks at.
 *
 * @param bound the address that is listened on, or what stands for all of them; no name, which may become another's
 */
record ListenerProbe(InetAddress bound, int port) {
    private static final byte[] QUESTION =
            ("GET /health/live HTTP/1.1\r\nHost: localhost\r\nUser-Agent: offload-watchdog\r\n"
                            + "X-Request-Id: offload-watchdog\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] THIS_MACHINE_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    /** Whether anything is answered within {@code most}: a refusal, or the end of the connection, is an answer as well. */
    boolean isAnswered(Duration most) {
        int millis = Math.toIntExact(most.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address(), port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(QUESTION);
            socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException | ConnectException e) {
            return false;
        } catch (IOException e) {
            // Reset: somebody is there.
            return true;
        }
    }

    private InetAddress address() throws IOException {
        if (!bound.isAnyLocalAddress()) {
            return bound;
        }
        return bound.getAddress().length == THIS_MACHINE_V6.length
                ? InetAddress.getByAddress(THIS_MACHINE_V6)
                : InetAddress.getLoopbackAddress();
    }
}
