package offload.upstream.openai.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import offload.testing.ScriptedUpstream;
import offload.testing.TestCa;
import offload.testing.TlsRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is read by a thread that reads others, too. */
class TlsConnectionTest {
    @Test
    void who_wants_answers_and_takes_none_is_lost_and_does_not_keep_the_thread(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.create();
        SSLContext context = ca.server("127.0.0.1");
        TrustedPeers trusted = new TrustedPeers(ca.writePem(folder.resolve("ca.pem")));
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                SocketChannel channel = SocketChannel.open()) {
            upstream.then(c -> {
                TlsRecords tls = TlsRecords.after("TLSv1.3", context, c.socket());
                while (true) {
                    c.send(tls.keyUpdate());
                }
            });
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 4096);
            channel.connect(new InetSocketAddress("127.0.0.1", upstream.port()));
            TlsConnection connection = new TlsConnection(channel, trusted.engine("127.0.0.1", upstream.port()));
            CompletableFuture<String> end = new CompletableFuture<>();
            Thread.startVirtualThread(() -> end.complete(endOf(connection)));
            assertEquals("the peer takes nothing", end.get(60, TimeUnit.SECONDS));
        }
    }

    private static String endOf(TlsConnection connection) {
        try (Selector selector = Selector.open()) {
            connection.handshake();
            connection.write(ByteBuffer.wrap("{}".getBytes(StandardCharsets.US_ASCII)), ByteBuffer.allocate(0));
            connection.channel().configureBlocking(false);
            while (connection.channel().write(ByteBuffer.allocate(1 << 20)) > 0) {
                // Until no more goes in: the peer reads nothing.
            }
            connection.channel().register(selector, SelectionKey.OP_READ);
            do {
                selector.select(key -> {});
            } while (connection.read() >= 0);
            return "the end";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } finally {
            connection.close();
        }
    }
}
