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
 * grows. All by one thread, because a rename over an existing name waits for the device; under load its rounds get
 * longer and the files a little older, while turns and readers notice nothing.
 */
final class StatusUpdater {
    private static final Logger LOG = System.getLogger(StatusUpdater.class.getName());
    private static final long EVERY_NANOS = 2_000_000_000L;

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
        for (RunningTurn turn : turns.all()) {
            Written last = written.get(turn);
            Written now = new Written(turn.state(), turn.log().published(), System.nanoTime());
            if (isDue(last, now) && node.isOurs()) {
                written.put(turn, now);
                write(turn);
            }
        }
    }

    private static boolean isDue(@Nullable Written last, Written now) {
        if (last == null) {
            return !(now.state() instanceof TurnState.Waiting);
        }
        return last.state().getClass() != now.state().getClass()
                || last.offset() != now.offset() && now.atNanos() - last.atNanos() >= EVERY_NANOS;
    }

    private void write(RunningTurn turn) {
        try {
            turn.writeStatus(node.draft(), turn.status(), StatusWrite.INTERIM);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the status of " + turn.path().relative() + " was not rewritten: " + e);
        }
    }
}
