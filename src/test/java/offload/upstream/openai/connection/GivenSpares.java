package offload.upstream.openai.connection;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import offload.sweep.Sweeper;

/** Connections whose spares are those that a test gives, then real ones, by the test's own clock. */
public final class GivenSpares {
    private final AtomicInteger opened = new AtomicInteger();
    private final Queue<Connection> given = new ConcurrentLinkedQueue<>();
    private final Connector connector;
    private final Spares spares;

    /** At most {@code most} for each endpoint; {@code ca} is trusted. */
    public GivenSpares(Path ca, int most, LongSupplier clock, Sweeper sweeper) {
        connector = new Connector(new TrustedPeers(ca), sweeper);
        spares = new Spares(this::open, most, clock);
    }

    private Connection open(Endpoint to) throws NoConnection {
        opened.incrementAndGet();
        Connection first = given.poll();
        return first != null ? first : connect(to);
    }

    /** A real connection, opened now. */
    public Connection connect(Endpoint to) throws NoConnection {
        return connector.connect(to, Duration.ofSeconds(10));
    }

    /** What a client gets its connections from. */
    public Connections connections() {
        return new Connections(connector, spares);
    }

    /** The next spare is {@code connection}. */
    public void give(Connection connection) {
        given.add(connection);
    }

    /** How many were opened ahead so far. */
    public int opened() {
        return opened.get();
    }

    /** How many are ready for {@code endpoint}. */
    public int ready(Endpoint endpoint) {
        return spares.ready(endpoint);
    }

    /** A second has gone. */
    public void second() {
        spares.second();
    }
}
