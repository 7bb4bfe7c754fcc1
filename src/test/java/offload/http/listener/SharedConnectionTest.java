package offload.http.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import offload.disk.DeviceSync;
import offload.eventlog.EventLog;
import offload.http.connection.Connection;
import offload.http.stream.BareStream;
import offload.http.stream.Heartbeats;
import offload.http.stream.RunningStream;
import offload.sweep.Sweeper;
import offload.testing.TcpPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a connection after a stream that the web server left to us. */
class SharedConnectionTest {
    private static final Limit LIMIT = FixedLimit.create();

    @TempDir
    Path folder;

    private final Sweeper sweeper = new Sweeper();
    private TcpPair pair;
    private Connection connection;
    private EventLog log;
    private BareStream stream;

    @BeforeEach
    void connect() throws IOException {
        pair = TcpPair.open();
        connection = new Connection(pair.server(), InetAddress.getLoopbackAddress());
        log = new EventLog(Files.createFile(folder.resolve("log.txt")), new DeviceSync(folder));
        log.end();
        stream = RunningStream.of(log, connection, new Heartbeats(sweeper, 60_000));
    }

    @AfterEach
    void close() throws IOException {
        log.close();
        pair.close();
        sweeper.close();
    }

    @Test
    void the_web_server_has_it_again() throws Exception {
        WebServer web = new WebServer(stream);
        new SharedConnection(web, context()).handle(LIMIT);
        assertEquals(2, web.handled);
    }

    /** The server ends: it would wait for a further request until it is interrupted. */
    @Test
    void nobody_has_it_where_it_was_closed_meanwhile_and_the_stream_comes_whole() throws Exception {
        WebServer web = new WebServer(stream);
        SharedConnection shared = new SharedConnection(web, context());
        stream.atEnd(_ -> shared.close(false));
        shared.handle(LIMIT);
        assertEquals(1, web.handled);
        connection.channel().shutdownOutput();
        assertEquals("0\r\n\r\n", new String(pair.client().getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }

    /** Nothing of it is asked for here but its reader, and that is not ours. */
    private static ConnectionContext context() {
        return (ConnectionContext) Proxy.newProxyInstance(
                SharedConnectionTest.class.getClassLoader(),
                new Class<?>[] {ConnectionContext.class},
                (_, _, _) -> null);
    }

    /** Leaves {@code left} to us in its first connection, and finds the end of the next one. */
    private static final class WebServer implements ServerConnectionSelector {
        private final Deque<BareStream> left;
        private int handled;

        WebServer(BareStream left) {
            this.left = new ArrayDeque<>(List.of(left));
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            return new ServerConnection() {
                @Override
                public void handle(Limit limit) {
                    handled++;
                    if (!left.isEmpty()) {
                        throw left.remove();
                    }
                }

                @Override
                public Duration idleTime() {
                    return Duration.ZERO;
                }

                @Override
                public void close(boolean interrupt) {
                    // It waits for nothing.
                }
            };
        }

        @Override
        public int bytesToIdentifyConnection() {
            return 0;
        }

        @Override
        public Support supports(BufferData data) {
            return Support.SUPPORTED;
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return Set.of();
        }
    }
}
