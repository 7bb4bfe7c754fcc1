package offload.engine.execution;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import offload.files.NodeFolder;
import offload.sweep.Failures;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the status files of running turns: soon after each change of state, and every two seconds while the log
 * grows. All by one thread, because a rename over an existing name waits for the device. Each time a file is made and
 * another one is gone, which file systems make dear: many turns share a number of statuses a second, and with it each
 * gets its own later, after five seconds at most; the same holds where they are large. Who asks the server for a status notices
 * nothing of it.
 */
final class StatusUpdater {
    private static final long SOONEST_NANOS = 2_000_000_000L;
    private static final long LATEST_NANOS = 5_000_000_000L;
    private static final int A_SECOND = 100;
    private static final long BYTES_A_SECOND = 20_000_000;

    private final NodeFolder node;
    private final RunningTurns turns;
    private final Map<RunningTurn, Written> written = new ConcurrentHashMap<>();
    private final Set<RunningTurn> failing = new HashSet<>();
    private final Failures failures = new Failures("statuses of running turns");

    private record Written(long offset, long atNanos) {}

    StatusUpdater(NodeFolder node, RunningTurns turns) {
        this.node = node;
        this.turns = turns;
    }

    /** Writes what is due. For one thread. */
    void round() throws IOException {
        written.keySet().removeIf(turn -> turns.find(turn.path()) != turn);
        failing.retainAll(written.keySet());
        long every = pace(
                turns.count(),
                turns.all().stream().mapToLong(RunningTurn::statusSize).sum());
        for (RunningTurn turn : turns.all()) {
            Written last = written.get(turn);
            long now = System.nanoTime();
            if (isDue(turn, last, now, every) && node.isOurs()) {
                written.put(turn, new Written(turn.log().published(), now));
                write(turn);
            }
        }
    }

    /** How long a status may stand, in nanoseconds, while so many turns run, whose statuses have so many bytes together. */
    static long pace(int running, long bytes) {
        long wanted = Math.max(running * 1_000_000_000L / A_SECOND, bytes * (1_000_000_000L / BYTES_A_SECOND));
        return Math.clamp(wanted, SOONEST_NANOS, LATEST_NANOS);
    }

    private static boolean isDue(RunningTurn turn, @Nullable Written last, long now, long every) {
        if (last == null) {
            return !(turn.state() instanceof TurnState.Waiting) && turn.ageNanos() >= every - SOONEST_NANOS;
        }
        return last.offset() != turn.log().published() && now - last.atNanos() >= every;
    }

    private void write(RunningTurn turn) {
        try {
            turn.statusFile().replace(turn.status());
            failing.remove(turn);
            // One that goes well beside others that fail mends nothing: each failure would be a new one.
            if (failing.isEmpty()) {
                failures.worked();
            }
        } catch (IOException e) {
            if (!turn.statusFile().isLast()) {
                failing.add(turn);
                failures.failed(new IOException("that of " + turn.path().relative() + " was not rewritten: " + e, e));
            }
        }
    }
}
