package offload.http.connection;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Predicate;
import offload.http.message.ErrorBody;
import offload.limits.Descriptors;
import offload.limits.HeapPlaces;
import offload.sweep.Sweeper;
import offload.turn.ApiError;

/**
 * Guards the front door: refuses connections above the limits, and closes from outside, in one sweep, those that are
 * silent, unfinished, dripping, idle or stuck. Nothing on a request's own path waits with a time limit. Any thread.
 */
public final class ConnectionGuard {
    private static final Logger LOG = System.getLogger(ConnectionGuard.class.getName());
    private static final long SWEEP_MILLIS = 200;
    private static final long LINGER_NANOS = 900_000_000L;
    /** A look at a connection costs some ten: so a flood has the table looked through for a part of the time only. */
    private static final long DROP_AGAIN_NANOS_EACH = 1_000L;
    /** So many threads may wait at once for clients who were refused. */
    static final int MOST_REFUSED = 32;

    private static final byte[] BUSY = busy();

    private final GuardSettings settings;
    private final int most;
    private final Connections connections;
    private final Predicate<InetAddress> exempt;
    private final Descriptors descriptors;
    private final Runnable onRefusal;
    private volatile long droppedNanos = System.nanoTime();

    /**
     * {@code exempt} says whose connections are limited in all only, such as those of a proxy that speaks for many; {@code
     * onRefusal} is told of each that is refused.
     */
    public ConnectionGuard(
            GuardSettings settings,
            Connections connections,
            Predicate<InetAddress> exempt,
            Descriptors descriptors,
            Runnable onRefusal) {
        this.descriptors = descriptors;
        this.onRefusal = onRefusal;
        this.settings = settings;
        this.most = HeapPlaces.atMost(settings.connections());
        this.connections = connections;
        this.exempt = exempt;
    }

    /** Looks after all connections from now on, five times a second. */
    public void start(Sweeper sweeper) {
        sweeper.every(SWEEP_MILLIS, this::sweep);
    }

    /**
     * Takes note of a channel that was accepted. Where there are too many it is told so, and either it goes on, {@link
     * Connection#isRefused refused}, so that its thread lets its client read that, or, false, it is closed at once.
     */
    public boolean admit(SocketChannel channel) {
        Connection added = connections.add(channel);
        if (added == null || isWithinLimits(added)) {
            return true;
        }
        dropClosed();
        if (isWithinLimits(added)) {
            return true;
        }
        boolean lingers = descriptors.haveRoomForConnection() && connections.refused() < MOST_REFUSED;
        if (lingers) {
            connections.refuse(added);
        }
        refuse(channel, lingers);
        onRefusal.run();
        return lingers;
    }

    private boolean isWithinLimits(Connection added) {
        tellDescriptors();
        return descriptors.haveRoomForConnection()
                && connections.count() <= most
                && (connections.count(added.peer()) <= settings.perAddress() || exempt.test(added.peer()));
    }

    private void tellDescriptors() {
        descriptors.connections(connections.count() + connections.refused());
    }

    /** Counts what is open in truth; not for each one of a flood. */
    private void dropClosed() {
        long now = System.nanoTime();
        if (now - droppedNanos > connections.count() * DROP_AGAIN_NANOS_EACH) {
            droppedNanos = now;
            connections.sweep(connection -> {});
        }
    }

    private static void refuse(SocketChannel channel, boolean lingers) {
        try {
            // The buffer of a new socket is empty: this does not wait.
            channel.write(ByteBuffer.wrap(BUSY));
            if (!lingers) {
                // Else whoever lingers does it: the web server gives no thread to what it could not write to.
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            // Gone already.
        }
    }

    private static byte[] busy() {
        return ErrorBody.response(
                "503 Service Unavailable",
                ApiError.TOO_MANY_CONNECTIONS,
                "There are too many connections: close some, and try again.",
                "Retry-After: 5\r\n");
    }

    private void sweep() {
        long now = System.nanoTime();
        tellDescriptors();
        connections.sweep(connection -> {
            if (connection.isLate(now, this::allowedNanos)) {
                close(connection);
            }
        });
    }

    private long allowedNanos(Connection connection) {
        return switch (connection.phase()) {
            case HEAD -> settings.headTime().toNanos();
            case BODY -> settings.bodyTime().toNanos() + connection.bodyBytes() * 1_000_000_000L / settings.bodyRate();
            case ANSWER -> connection.isWriting() ? settings.writeTime().toNanos() : Long.MAX_VALUE;
            case IDLE -> settings.idleTime().toNanos();
            case LINGER -> LINGER_NANOS;
        };
    }

    private void close(Connection connection) {
        if (connection.phase() != Connection.Phase.LINGER) {
            LOG.log(Level.DEBUG, "a connection took too long: " + connection.phase());
        }
        try {
            connection.channel().close();
        } catch (IOException e) {
            // Closed all the same.
        }
    }
}
