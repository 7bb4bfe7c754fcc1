package offload.engine.execution;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import offload.files.FreeSpace;
import offload.limits.Descriptors;
import offload.limits.HeapPlaces;
import offload.metrics.Family;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/** The turns that run in this process, and how many there may be. Any thread. */
public final class RunningTurns {
    /** The descriptors of a turn: its log and its call. */
    private static final int EACH = 2;

    private final ConcurrentHashMap<TurnPath, RunningTurn> turns = new ConcurrentHashMap<>();
    private final AtomicInteger places = new AtomicInteger();
    private final ConcurrentHashMap<TurnPath, Unfinished> unfinished = new ConcurrentHashMap<>();
    private volatile int most;
    private final FreeSpace space;
    private final Descriptors descriptors;
    private final TurnNumbers numbers = new TurnNumbers();
    private final AnswerMemory answers = new AnswerMemory(this);
    private volatile boolean draining;
    private volatile boolean settled;
    private volatile Runnable recovery = () -> {};

    /** With so many at once, if the heap has room for them, while {@code space} has. */
    public RunningTurns(int most, FreeSpace space) {
        this(most, space, Descriptors.OF_PROCESS);
    }

    RunningTurns(int most, FreeSpace space, Descriptors descriptors) {
        this.most = HeapPlaces.atMost(most);
        this.space = space;
        this.descriptors = descriptors;
    }

    /** The turn at {@code path}, or null where none runs here. */
    public @Nullable RunningTurn find(TurnPath path) {
        return turns.get(path);
    }

    /** The same, but null where its final status is published: its files say all that there is to say of it. */
    public @Nullable RunningTurn live(TurnPath path) throws IOException {
        RunningTurn found = find(path);
        return found == null || found.isPublished() ? null : found;
    }

    /** All of them. */
    public Collection<RunningTurn> all() {
        return turns.values();
    }

    /** What has been done so far, for Prometheus. */
    public List<Family> families() {
        return numbers.families();
    }

    TurnNumbers numbers() {
        return numbers;
    }

    /** From now on so many at once, if the heap has room for them; those that run go on. */
    public void limit(int newMost) {
        most = HeapPlaces.atMost(newMost);
    }

    /** The memory that their answers take. */
    AnswerMemory answers() {
        return answers;
    }

    /** The room on the device. */
    FreeSpace space() {
        return space;
    }

    /** How many run or are about to. */
    public int count() {
        return places.get();
    }

    /** Takes a place, to be given back by {@link #leave}; fails where the server is full or goes down. */
    void enter() {
        // Counted before it is asked whether the server goes down: who closes it waits for all that are counted, and
        // would leave the data folder under one that comes in between.
        int count = places.incrementAndGet();
        try {
            requireRoom(count);
        } catch (ApiException e) {
            places.decrementAndGet();
            throw e;
        }
        descriptors.take(EACH);
    }

    private void requireRoom(int count) {
        if (draining) {
            throw new ApiException(ApiError.SHUTTING_DOWN, "The server is shutting down: try again in a moment.")
                    .with("Retry-After", "5");
        }
        if (space.isLow()) {
            throw new ApiException(
                            ApiError.STORAGE_FULL,
                            "The server's data folder has too little room left: try again later.")
                    .with("Retry-After", "30");
        }
        if (!descriptors.haveRoomForTurn()) {
            throw tooMany("The server has as many files and connections open as it may: try again in a moment.");
        }
        if (count > most) {
            throw tooMany("The server runs as many turns as it may: try again in a moment.");
        }
    }

    private static ApiException tooMany(String message) {
        return new ApiException(ApiError.TOO_MANY_TURNS, message).with("Retry-After", "5");
    }

    void leave() {
        descriptors.give(EACH);
        places.decrementAndGet();
    }

    void add(RunningTurn turn) {
        turns.put(turn.path(), turn);
    }

    void remove(RunningTurn turn) {
        turns.remove(turn.path(), turn);
    }

    /** The turn's last writes failed: recovery has to try them again. */
    void leaveUnfinished(TurnPath path, Unfinished how) {
        unfinished.put(path, how);
        recovery.run();
    }

    /** The turns whose last writes failed, by now. */
    public Map<TurnPath, Unfinished> unfinished() {
        return unfinished;
    }

    /** What to do when there is one more. */
    public void onUnfinished(Runnable hurry) {
        recovery = hurry;
    }

    /** The server goes down: from now on nothing new is begun. */
    public void drain() {
        draining = true;
    }

    /** Whether nothing new is begun, as the server goes down. */
    public boolean isDraining() {
        return draining;
    }

    /** The server has seen its turns through: whoever still waits for a turn waits in vain. */
    public void settle() {
        settled = true;
    }

    /** Whether nobody may wait here for a turn any more. */
    public boolean isSettled() {
        return settled;
    }

    /** Somebody asked to stop {@code turn}; false where something else has ended its call already. */
    public boolean stop(RunningTurn turn) {
        return turn.end(Ending.STOP);
    }

    /** Ends the calls of those whose request's timeout is over. */
    public void endOverdue() {
        turns.values().stream()
                .filter(turn -> turn.ageNanos() >= turn.timeoutMillis() * 1_000_000)
                .forEach(turn -> turn.end(Ending.TIMEOUT));
    }

    /** The server goes down: ends the calls of all. */
    public void interrupt() {
        turns.values().forEach(turn -> turn.end(Ending.SHUTDOWN));
    }

    /** Another node owns them by now: ends the calls of all, and nothing more is written. */
    public void lose() {
        turns.values().forEach(turn -> turn.end(Ending.LOST));
    }
}
