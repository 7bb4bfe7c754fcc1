package offload.upstream.openai.connection;

import java.time.Duration;
import offload.sweep.Sweeper;
import org.jspecify.annotations.Nullable;

/**
 * Where connections come from: those that were opened ahead, and new ones. Each is for one request; whoever gets one closes
 * it. Any number of threads.
 */
public final class Connections implements AutoCloseable {
    private static final Duration SPARE_LIMIT = Duration.ofSeconds(10);

    private final Connector connector;
    private final Spares spares;

    /**
     * Uses {@code sweeper}, which stays the caller's, for time limits and for what is opened ahead.
     *
     * @param spares the most that are opened ahead for one endpoint; 0 for none at all
     */
    public Connections(TrustedPeers trusted, int spares, Sweeper sweeper) {
        Connector all = new Connector(trusted, sweeper);
        this(all, new Spares(endpoint -> all.connect(endpoint, SPARE_LIMIT), spares, System::nanoTime));
        sweeper.every(1000, this.spares::second);
    }

    /** With spares of the test's own. */
    Connections(Connector connector, Spares spares) {
        this.connector = connector;
        this.spares = spares;
    }

    /** One that was opened ahead and that its peer has not given up; null without one. Never waits. */
    public @Nullable Connection spare(Endpoint endpoint) {
        return spares.take(endpoint);
    }

    /** A new one, ready for a request. Waits for at most {@code limit}; an interrupt ends that at once. */
    public Connection connect(Endpoint endpoint, Duration limit) throws NoConnection {
        return connector.connect(endpoint, limit);
    }

    /** A request was just sent to {@code endpoint}: more will follow, and are prepared for. Never waits. */
    public void called(Endpoint endpoint) {
        spares.called(endpoint);
    }

    @Override
    public void close() {
        spares.close();
        connector.close();
    }
}
