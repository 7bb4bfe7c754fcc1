package offload.http.listener;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponseBase;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import offload.address.HostInUrl;
import offload.http.connection.AcceptHook;
import offload.http.head.FirstByte;
import offload.http.head.HeadLimits;
import offload.http.head.Refusals;
import offload.logs.Logs;

/** The listener: Helidon's web server with our limits, our routes and our error shape. Started when it is made. */
public final class HttpServer implements AutoCloseable {
    /** What logs an error when the system refuses it a connection, and then listens no more. */
    public static final String LISTENER = "io.helidon.webserver.ServerListener";

    /** What the kernel holds for a reader that does not read; left alone it would be megabytes for each. */
    private static final int SEND_BUFFER = 256 * 1024;

    private final WebServer server;
    private final InetAddress bound;
    private final Balancers balancers;

    /**
     * What watches the connections.
     *
     * @param admits takes note of an accepted channel, or refuses it
     * @param progress is told of request lines and of writes
     * @param watched a connection as the web server is to see it
     * @param refuse answers what is no HTTP at all
     * @param balancers who must know that the server drains before it closes
     */
    public record Hooks(
            Predicate<SocketChannel> admits,
            Http1ConnectionListener progress,
            UnaryOperator<ConnectionContext> watched,
            Consumer<ConnectionContext> refuse,
            Balancers balancers) {}

    /** Listens at once on {@code host}; {@code port} may be 0, for a free one. Fails where it cannot. */
    public HttpServer(String host, int port, Hooks hooks, Consumer<HttpRouting.Builder> routing) throws IOException {
        balancers = hooks.balancers();
        bound = address(host, port);
        ServerConnectionSelector http = http(hooks.progress());
        WebServer made = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .useNio(false)
                .writeBufferSize(512)
                .writeQueueLength(0)
                .backlog(4096)
                .maxPayloadSize(-1)
                .contentEncoding(new BodiesAsSent())
                .shutdownGracePeriod(Duration.ofSeconds(2))
                .connectionOptions(new AcceptHook(socketOptions(), hooks.admits()))
                // HTTP/1.1 alone: with one candidate the web server answers what is no HTTP/1.1, and does not just
                // close.
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new FirstByte(
                        http, hooks.watched(), context -> new SharedConnection(http, context), hooks.refuse()))
                // The messages stay here: only what a request has broken is looked up in them.
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(Refusals.handlers())
                .routing(routing)
                .build();
        loadAnswers();
        server = Logs.withoutLibraries(made::start);
        if (!server.isRunning() || server.port() < 0) {
            server.stop();
            throw cannotListen(host, port);
        }
    }

    /** Looked up once: what a name leads to later is not listened on. */
    private static InetAddress address(String host, int port) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw cannotListen(host, port);
        }
    }

    private static IOException cannotListen(String host, int port) {
        return new IOException("cannot listen on " + HostInUrl.of(host) + ":" + port
                + ": the port is taken or below 1024, or the address is not one of this machine");
    }

    /** What makes answers looks through all jars when it is made: not on the thread of a request, where others crowd. */
    private static void loadAnswers() {
        try {
            MethodHandles.lookup().ensureInitialized(ServerResponseBase.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SocketOptions socketOptions() {
        return SocketOptions.builder()
                .tcpNoDelay(true)
                .socketSendBufferSize(SEND_BUFFER)
                .build();
    }

    @SuppressWarnings("removal") // While they are there, both logs are on by default.
    private static Http1ConnectionSelector http(Http1ConnectionListener progress) {
        Http1Config protocol = Http1Config.builder()
                .maxPrologueLength(HeadLimits.LINE_BYTES)
                .maxHeadersSize(HeadLimits.FIELD_BYTES)
                .receiveLog(false)
                .sendLog(false)
                .addReceiveListener(progress)
                .addSendListener(progress)
                .build();
        return Http1ConnectionSelector.builder().config(protocol).build();
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Whether it answers itself within {@code most}, asked as clients ask it. For a platform thread. */
    public boolean answersWithin(Duration most) {
        return new ListenerProbe(bound, port()).isAnswered(most);
    }

    /** Waits, {@code most} at most, until a load balancer in front, if there is one, knows that this server drains. */
    public void awaitFarewell(Duration most) {
        try {
            balancers.awaitTold(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops listening, and ends what is still open. */
    @Override
    public void close() {
        // The web server tells of each connection that comes at this moment, with a stack trace.
        Logs.withoutLibraries(server::stop);
    }
}
