package offload.http.turns;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/**
 * Turns that were found final a short while ago: they stay so, and whoever sends their events again and again need not look
 * at their statuses each time. Any thread.
 */
final class FinalTurns {
    private static final int MOST = 1024;
    /**
     * A name is asked for in its own second only, and nobody gets one whose turn was deleted; but files that were removed by
     * hand in that second leave no trace.
     */
    private static final long SETTLED_SECONDS = 1;

    private final AtomicReferenceArray<@Nullable TurnPath> found = new AtomicReferenceArray<>(MOST);

    boolean has(TurnPath path) {
        return path.equals(found.getAcquire(place(path)));
    }

    void add(TurnPath path) {
        if (TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) - path.second() > SETTLED_SECONDS) {
            found.setRelease(place(path), path);
        }
    }

    private static int place(TurnPath path) {
        return Math.floorMod(path.hashCode(), MOST);
    }
}
