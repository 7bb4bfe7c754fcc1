package offload.upstream.openai.connection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import offload.sweep.Sweeper;
import offload.upstream.ChatEnd;
import offload.upstream.openai.connection.ConnectClock.Attempt;

/**
 * Makes connections: name resolution, TCP to each of the name's addresses in order, and TLS, all under one time limit.
 * Failures are {@link NoConnection}s. Any thread.
 */
final class Connector implements AutoCloseable {
    private final Resolver resolver = new Resolver();
    private final ConnectClock clock;
    private final TrustedPeers trusted;

    Connector(TrustedPeers trusted, Sweeper sweeper) {
        this.trusted = trusted;
        clock = new ConnectClock(sweeper);
    }

    /** A connection to {@code endpoint}, ready for a request. */
    Connection connect(Endpoint endpoint, Duration limit) throws NoConnection {
        try (Attempt attempt = clock.start(limit)) {
            InetAddress[] addresses = resolve(endpoint, attempt);
            SocketChannel channel = tcp(endpoint, addresses, attempt);
            return endpoint.tls() ? tls(endpoint, channel, attempt) : new PlainConnection(channel);
        }
    }

    private InetAddress[] resolve(Endpoint endpoint, Attempt attempt) throws NoConnection {
        CompletableFuture<InetAddress[]> found = resolver.addresses(endpoint.host());
        attempt.step(() -> found.cancel(false), Long.MAX_VALUE / 2);
        try {
            return found.get();
        } catch (InterruptedException e) {
            found.cancel(false);
            throw NoConnection.aborted();
        } catch (CancellationException e) {
            throw timedOut();
        } catch (ExecutionException e) {
            throw NoConnection.unreachable("The upstream's host name " + endpoint.host() + " could not be resolved.");
        } finally {
            attempt.finishStep();
        }
    }

    /** Each address but the last gets its equal share of the time left: one that does not answer must not eat it all. */
    private SocketChannel tcp(Endpoint endpoint, InetAddress[] addresses, Attempt attempt) throws NoConnection {
        NoConnection failure = timedOut();
        for (int i = 0; i < addresses.length && attempt.left() > 0; i++) {
            try {
                return tcp(endpoint, addresses[i], attempt, attempt.left() / (addresses.length - i));
            } catch (NoConnection e) {
                if (e.end() instanceof ChatEnd.Aborted) {
                    throw e;
                }
                failure = e;
            }
        }
        throw attempt.left() > 0 ? failure : timedOut();
    }

    private static SocketChannel tcp(Endpoint endpoint, InetAddress address, Attempt attempt, long nanos)
            throws NoConnection {
        SocketChannel channel = null;
        try {
            channel = Sockets.open();
            attempt.step(channel, nanos);
            channel.connect(new InetSocketAddress(address, endpoint.port()));
            if (!attempt.finishStep()) {
                throw timedOut();
            }
            return channel;
        } catch (IOException e) {
            boolean over = !attempt.finishStep();
            if (channel != null) {
                Sockets.close(channel);
            }
            throw over && !(e instanceof ClosedByInterruptException) ? timedOut() : failed(endpoint, e);
        }
    }

    private Connection tls(Endpoint endpoint, SocketChannel channel, Attempt attempt) throws NoConnection {
        attempt.step(channel, Long.MAX_VALUE / 2);
        try {
            TlsConnection connection = new TlsConnection(channel, trusted.engine(endpoint.host(), endpoint.port()));
            connection.handshake();
            if (!attempt.finishStep()) {
                throw timedOut();
            }
            return connection;
        } catch (IOException e) {
            boolean over = !attempt.finishStep();
            Sockets.close(channel);
            throw over && !(e instanceof ClosedByInterruptException) ? timedOut() : failed(endpoint, e);
        }
    }

    private static NoConnection timedOut() {
        return new NoConnection(new ChatEnd.ConnectTimedOut());
    }

    private static NoConnection failed(Endpoint endpoint, IOException e) {
        return switch (e) {
            case NoConnection end -> end;
            case ClosedByInterruptException interrupted -> NoConnection.aborted();
            case ConnectException refused ->
                NoConnection.unreachable("The upstream " + endpoint + " refused the connection.");
            case SSLException tls -> NoConnection.unreachable("TLS with " + endpoint + " failed: " + reason(tls) + ".");
            default -> NoConnection.unreachable("The upstream " + endpoint + " could not be reached: " + root(e) + ".");
        };
    }

    private static String reason(SSLException tls) {
        String root = root(tls);
        return root.contains("nrecognized SSL message")
                ? "it speaks no TLS, check whether its URL is an http one"
                : root;
    }

    /** The innermost reason, which for certificates is the telling one; one line of bounded length, without its full stop. */
    private static String root(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String text = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
        String line = text.lines().findFirst().orElse("").replaceFirst("\\.$", "");
        return line.length() <= 200 ? line : line.substring(0, 200);
    }

    @Override
    public void close() {
        resolver.close();
    }
}
