package offload.upstream.openai.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * TLS connections that were opened ahead, so that a turn waits neither for the handshake's two round trips nor for its CPU. Only
 * fresh ones: no key was ever sent on a spare, and whoever takes one closes it after its one request.
 *
 * <p>An endpoint has as many as it lately had calls in a second, at most the settings' number; they are replaced when they get
 * old, and dropped a minute after the last call. Any thread; nothing here waits.
 */
final class Spares implements AutoCloseable {
    private static final long MAX_AGE = 20_000_000_000L;
    private static final int MOST_ENDPOINTS = 64;

    private final Opener opener;
    private final int most;
    private final LongSupplier nanos;
    private final Map<Endpoint, SpareShelf> shelves = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Opens a connection, waiting as long as it takes within a limit of its own. */
    @FunctionalInterface
    interface Opener {
        Connection open(Endpoint endpoint) throws NoConnection;
    }

    /** At most {@code most} for each endpoint; 0 for none at all. */
    Spares(Opener opener, int most, LongSupplier nanos) {
        this.opener = opener;
        this.most = most;
        this.nanos = nanos;
    }

    /** A spare that its peer has not given up, now the caller's; null without one. */
    @Nullable
    Connection take(Endpoint endpoint) {
        SpareShelf shelf = shelves.get(endpoint);
        while (shelf != null) {
            Connection spare = shelf.take(nanos.getAsLong());
            if (spare == null || spare.isFresh()) {
                return spare;
            }
            spare.close();
        }
        return null;
    }

    /** A request was just sent to {@code endpoint}: more will follow. */
    void called(Endpoint endpoint) {
        if (!endpoint.tls() || most == 0 || closed) {
            return;
        }
        long now = nanos.getAsLong();
        SpareShelf shelf = shelves.get(endpoint);
        if (shelf == null && shelves.size() < MOST_ENDPOINTS) {
            shelf = shelves.computeIfAbsent(endpoint, unknown -> new SpareShelf(most, MAX_AGE, now));
        }
        if (shelf != null) {
            open(endpoint, shelf, shelf.call(now));
        }
    }

    /** To be called every second. */
    void second() {
        long now = nanos.getAsLong();
        shelves.forEach((endpoint, shelf) -> {
            open(endpoint, shelf, shelf.second(now));
            if (shelf.isCold(now) && shelves.remove(endpoint, shelf)) {
                shelf.clear();
            }
        });
    }

    private void open(Endpoint endpoint, SpareShelf shelf, int count) {
        for (int i = 0; i < count; i++) {
            try {
                Thread.ofVirtual().name("spare").start(() -> open(endpoint, shelf));
            } catch (OutOfMemoryError e) {
                // No thread is to be had now: as where nobody answers.
                shelf.failed(nanos.getAsLong());
            }
        }
    }

    private void open(Endpoint endpoint, SpareShelf shelf) {
        try {
            shelf.opened(opener.open(endpoint), nanos.getAsLong());
        } catch (NoConnection | RuntimeException | Error e) {
            // The next call that connects by itself finds out why, and tells its caller.
            shelf.failed(nanos.getAsLong());
        }
        if (closed || shelves.get(endpoint) != shelf) {
            // The shelf was given up while this one was on its way.
            shelf.clear();
        }
    }

    /** How many are ready for {@code endpoint}. */
    int ready(Endpoint endpoint) {
        SpareShelf shelf = shelves.get(endpoint);
        return shelf == null ? 0 : shelf.size();
    }

    @Override
    public void close() {
        closed = true;
        shelves.values().forEach(SpareShelf::clear);
    }
}
