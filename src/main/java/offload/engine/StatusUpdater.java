package offload.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import offload.files.NodeFolder;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the status files of running turns: soon after each change of state, and every two seconds while the log
 * grows. All by one thread, because a rename over an existing name waits for the device. Each time a file is made and
 * another one is gone, which file systems make dear: many turns share a number of statuses a second, and with it each
 * gets its own later, after five seconds at most. Who asks the server for a status notices nothing of it.
 */
final class StatusUpdater {
    private static final Logger LOG = System.getLogger(StatusUpdater.class.getName());
    private static final long SOONEST_NANOS = 2_000_000_000L;
    private static final long LATEST_NANOS = 5_000_000_000L;
    private static final int A_SECOND = 100;

    private final NodeFolder node;
    private final RunningTurns turns;
    private final Map<RunningTurn, Written> written = new ConcurrentHashMap<>();

    private record Written(TurnState state, long offset, long atNanos) {}

    StatusUpdater(NodeFolder node, RunningTurns turns) {
        this.node = node;
        this.turns = turns;
    }

    /** Writes what is due. For one thread. */
    void round() throws IOException {
        written.keySet().removeIf(turn -> turns.find(turn.path()) != turn);
        long every = pace(turns.count());
        for (RunningTurn turn : turns.all()) {
            Written last = written.get(turn);
            long now = System.nanoTime();
            if (isDue(turn, last, now, every) && node.isOurs()) {
                written.put(turn, new Written(turn.state(), turn.log().published(), now));
                write(turn);
            }
        }
    }

    /** How long a status may stand, in nanoseconds, while so many turns run. */
    static long pace(int running) {
        return Math.clamp(running * 1_000_000_000L / A_SECOND, SOONEST_NANOS, LATEST_NANOS);
    }

    private static boolean isDue(RunningTurn turn, @Nullable Written last, long now, long every) {
        if (last == null) {
            return !(turn.state() instanceof TurnState.Waiting) && turn.ageNanos() >= every - SOONEST_NANOS;
        }
        return last.state().getClass() != turn.state().getClass()
                || last.offset() != turn.log().published() && now - last.atNanos() >= every;
    }

    private void write(RunningTurn turn) {
        try {
            turn.writeStatus(turn.status());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the status of " + turn.path().relative() + " was not rewritten: " + e);
        }
    }
}
