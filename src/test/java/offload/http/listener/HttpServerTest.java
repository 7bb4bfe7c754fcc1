package offload.http.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.webserver.http1.Http1ConnectionListener;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import jdk.net.ExtendedSocketOptions;
import offload.testing.Until;
import org.junit.jupiter.api.Test;

/** What an accepted connection is to the system. */
class HttpServerTest {
    private final CompletableFuture<SocketChannel> accepted = new CompletableFuture<>();
    private final HttpServer.Hooks hooks = new HttpServer.Hooks(
            accepted::complete, new Http1ConnectionListener() {}, context -> context, _ -> {}, new Balancers());

    /** An event must not wait for the acknowledgement of the one before (RFC 1122 section 4.2.3.4). */
    @Test
    void what_is_sent_leaves_at_once_and_a_client_that_vanished_is_noticed_within_a_minute() throws Exception {
        try (HttpServer server = new HttpServer("127.0.0.1", 0, hooks, _ -> {});
                Socket client = new Socket("127.0.0.1", server.port())) {
            SocketChannel channel = accepted.get();
            assertTrue(client.isConnected());
            assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY));
            assertTrue(channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
            Until.holds("it is probed", () -> channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT) == 3);
            assertEquals(30, channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE));
            assertEquals(10, channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL));
        }
    }
}
