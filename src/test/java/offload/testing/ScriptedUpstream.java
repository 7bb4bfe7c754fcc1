package offload.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP server on a loopback port that does, connection by connection, what the test's scripts say, and keeps what it
 * received. Scripts given by {@link #then} are played once each in order; after them {@link #always} is.
 *
 * <pre>{@code
 * try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
 *     upstream.then(Script.events("{\"n\":1}", "{\"n\":2}"));
 *     ... call upstream.base() ...
 *     assertEquals("Bearer k", upstream.request(0).header("Authorization"));
 * }
 * }</pre>
 *
 * Any thread may call it.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final String scheme;
    private final Queue<Script> once = new ConcurrentLinkedQueue<>();
    private final List<ScriptedConnection> connections = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile Script always = Script.answer("500 No Script", "text/plain", "the test gave no script");
    private volatile boolean closed;

    private ScriptedUpstream(ServerSocket server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        Thread.ofVirtual().name("scripted-upstream").start(this::accept);
    }

    /** Over plain TCP. */
    public static ScriptedUpstream start() throws IOException {
        return new ScriptedUpstream(new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1")), "http");
    }

    /** Over TLS, with the certificate of {@code context}. */
    public static ScriptedUpstream startTls(SSLContext context) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        return new ScriptedUpstream(context.getServerSocketFactory().createServerSocket(0, 200, loopback), "https");
    }

    /** Plays {@code script} on the next connection that has none yet. */
    public ScriptedUpstream then(Script script) {
        once.add(script);
        return this;
    }

    /** Plays {@code script} on every connection for which none is left. */
    public ScriptedUpstream always(Script script) {
        always = script;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The base URL, {@code http://127.0.0.1:PORT/v1}. */
    public URI base() {
        return URI.create(scheme + "://127.0.0.1:" + port() + "/v1");
    }

    /** All connections accepted so far, in order. */
    public List<ScriptedConnection> connections() {
        return List.copyOf(connections);
    }

    /** Waits for the connection of this number, from 0. */
    public ScriptedConnection connection(int number) {
        return Until.present(
                "connection " + number, () -> connections.size() > number ? connections.get(number) : null);
    }

    /** Waits for the first request on the connection of this number. */
    public RecordedRequest request(int number) {
        ScriptedConnection connection = connection(number);
        return Until.present("request on connection " + number, () -> first(connection.requests()));
    }

    /** Every request received so far. */
    public List<RecordedRequest> requests() {
        return connections.stream().flatMap(c -> c.requests().stream()).toList();
    }

    private static @Nullable RecordedRequest first(List<RecordedRequest> requests) {
        return requests.isEmpty() ? null : requests.getFirst();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                ScriptedConnection connection = new ScriptedConnection(socket);
                connections.add(connection);
                Script next = once.poll();
                Script script = next != null ? next : always;
                Thread.startVirtualThread(() -> play(script, connection));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                failures.add(e);
            }
        }
    }

    private void play(Script script, ScriptedConnection connection) {
        try {
            script.play(connection);
        } catch (IOException e) {
            // The client left: tests look at what the client saw.
        } catch (Exception | AssertionError e) {
            failures.add(e);
        } finally {
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(ScriptedConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // Already gone.
        }
    }

    /** Stops listening and closes all connections; fails if a script failed. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(ScriptedUpstream::closeQuietly);
        if (!failures.isEmpty()) {
            throw new AssertionError("a script failed", failures.getFirst());
        }
    }
}
