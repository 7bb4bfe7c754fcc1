package offload.upstream.openai.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The spare connections of one endpoint, the demand for them, and how many are on their way. Times are nanoseconds of one
 * clock. Any thread; it never waits.
 */
final class SpareShelf {
    private static final long WARM = 60_000_000_000L;
    private static final long REST = 5_000_000_000L;

    private final int most;
    private final long maxAge;
    private final Deque<Spare> spares = new ArrayDeque<>();
    private double demand;
    private int calls;
    private int opening;
    private long lastCall;
    private long restUntil;

    private record Spare(Connection connection, long openedAt) {}

    /** For at most {@code most} connections, none older than {@code maxAge}. */
    SpareShelf(int most, long maxAge, long now) {
        this.most = most;
        this.maxAge = maxAge;
        this.lastCall = now;
        this.restUntil = now;
    }

    /** The youngest one, which the peer is least likely to have given up; null without one that is young enough. */
    synchronized @Nullable Connection take(long now) {
        Spare youngest = spares.pollLast();
        if (youngest == null || now - youngest.openedAt <= maxAge) {
            return youngest == null ? null : youngest.connection;
        }
        youngest.connection.close();
        return null;
    }

    /** A call was made; returns how many connections to open now. */
    synchronized int call(long now) {
        lastCall = now;
        calls++;
        demand = Math.max(demand, calls);
        return due(now);
    }

    /** A second has gone; drops what is too old and returns how many connections to open now. */
    synchronized int second(long now) {
        demand = Math.max(calls, demand * 0.9);
        calls = 0;
        while (!spares.isEmpty() && (isCold(now) || now - spares.getFirst().openedAt > maxAge)) {
            spares.removeFirst().connection.close();
        }
        return isCold(now) ? 0 : due(now);
    }

    private int due(long now) {
        if (now - restUntil < 0) {
            return 0;
        }
        int wanted = Math.clamp(Math.round(demand), 1, most);
        int due = Math.max(0, wanted - spares.size() - opening);
        opening += due;
        return due;
    }

    /** Whether there was no call for so long that spares are no longer worth their upkeep. */
    synchronized boolean isCold(long now) {
        return now - lastCall > WARM;
    }

    /** One that was due is open. */
    synchronized void opened(Connection connection, long now) {
        opening--;
        spares.addLast(new Spare(connection, now));
    }

    /** One that was due could not be opened: the next calls go without for a while. */
    synchronized void failed(long now) {
        opening--;
        restUntil = now + REST;
    }

    /** Closes all. */
    synchronized void clear() {
        spares.forEach(spare -> spare.connection.close());
        spares.clear();
    }

    /** How many are ready. */
    synchronized int size() {
        return spares.size();
    }
}
