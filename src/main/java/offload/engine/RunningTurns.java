package offload.engine;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/** The turns that run in this process, and how many there may be. Any thread. */
public final class RunningTurns {
    private final ConcurrentHashMap<TurnPath, RunningTurn> turns = new ConcurrentHashMap<>();
    private final AtomicInteger places = new AtomicInteger();
    private final Set<TurnPath> unfinished = ConcurrentHashMap.newKeySet();
    private final int most;
    private volatile boolean closing;

    RunningTurns(int most) {
        this.most = most;
    }

    /** The turn at {@code path}, or null where none runs here. */
    public @Nullable RunningTurn find(TurnPath path) {
        return turns.get(path);
    }

    /** All of them. */
    public Collection<RunningTurn> all() {
        return turns.values();
    }

    /** How many run or are about to. */
    public int count() {
        return places.get();
    }

    /** Takes a place, to be given back by {@link #leave}; fails where the server is full or goes down. */
    void enter() {
        if (closing) {
            throw new ApiException(ApiError.SHUTTING_DOWN, "The server is shutting down: try again in a moment.")
                    .with("Retry-After", "5");
        }
        if (places.incrementAndGet() > most) {
            places.decrementAndGet();
            throw new ApiException(
                            ApiError.TOO_MANY_TURNS, "The server runs as many turns as it may: try again in a moment.")
                    .with("Retry-After", "5");
        }
    }

    void leave() {
        places.decrementAndGet();
    }

    void add(RunningTurn turn) {
        turns.put(turn.path(), turn);
    }

    void remove(RunningTurn turn) {
        turns.remove(turn.path(), turn);
    }

    /** The turn's last writes failed: recovery has to try them again. */
    void leaveUnfinished(TurnPath path) {
        unfinished.add(path);
    }

    /** The turns whose last writes failed, by now. */
    Set<TurnPath> unfinished() {
        return unfinished;
    }

    /** From now on nothing new. */
    void close() {
        closing = true;
    }

    /** Whether the server goes down. */
    public boolean isClosing() {
        return closing;
    }

    void endAll(Ending reason, Predicate<RunningTurn> which) {
        turns.values().stream().filter(which).forEach(turn -> turn.end(reason));
    }
}
