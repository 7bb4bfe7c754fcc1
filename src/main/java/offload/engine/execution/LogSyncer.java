package offload.engine.execution;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import offload.disk.StorageErrors;
import offload.files.NodeFolder;
import offload.sweep.Handover;

/**
 * Forces the logs of running turns to the device every so often, many by one sync of the file system, where that does it,
 * and else several at once: the device then takes many in one go.
 * A turn's first time makes its marker, its first status and the names of its files last as well: without them its log
 * would be of no use after a power cut. {@link #round} is for one thread.
 */
final class LogSyncer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LogSyncer.class.getName());
    private static final int AT_ONCE = 8;

    private final NodeFolder node;
    private final RunningTurns turns;
    private final Set<RunningTurn> lasting = ConcurrentHashMap.newKeySet();
    /** Those whose files could not be opened in this round. */
    private final Set<RunningTurn> putOff = ConcurrentHashMap.newKeySet();

    private final ExecutorService workers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("log-syncer-", 0).daemon().factory());

    LogSyncer(NodeFolder node, RunningTurns turns) {
        this.node = node;
        this.turns = turns;
    }

    void round() throws InterruptedException {
        List<RunningTurn> all = List.copyOf(turns.all());
        lasting.retainAll(Set.copyOf(all));
        if (syncTogether(all)) {
            return;
        }
        List<RunningTurn> begun =
                all.stream().filter(turn -> !lasting.contains(turn)).toList();
        if (!begun.isEmpty()) {
            each(begun, turn -> node.syncMarker(turn.path()));
            syncNames(begun);
            lasting.addAll(begun);
            lasting.removeAll(putOff);
            putOff.clear();
        }
        each(all, turn -> turns.numbers().sync(turn.log()::sync));
    }

    /** All at once, with whatever else is written there; false where each must be forced by itself. */
    private boolean syncTogether(List<RunningTurn> all) {
        long[] reached = all.stream().mapToLong(turn -> turn.log().published()).toArray();
        long dirty = all.stream().filter(turn -> turn.log().isDirty()).count();
        if (!node.device().syncAll(dirty)) {
            return false;
        }
        for (int i = 0; i < reached.length; i++) {
            all.get(i).log().syncedTo(reached[i]);
        }
        lasting.addAll(all);
        return true;
    }

    private interface Step {
        void run(RunningTurn turn) throws IOException;
    }

    private void each(List<RunningTurn> some, Step step) throws InterruptedException {
        List<Future<Object>> all = some.stream()
                .map(turn -> Handover.submit(workers, Executors.callable(() -> run(turn, step))))
                .toList();
        for (Future<Object> one : all) {
            await(one);
        }
    }

    private static void await(Future<?> one) throws InterruptedException {
        try {
            one.get();
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, "a log was not synced, for now: " + e.getCause());
        }
    }

    private void run(RunningTurn turn, Step step) {
        try {
            step.run(turn);
        } catch (IOException e) {
            failed(turn, e);
        }
    }

    /** Turns that began together lie in few folders: one sync of each does for all of them. */
    private void syncNames(List<RunningTurn> begun) {
        try {
            node.syncNames(begun.stream().map(RunningTurn::path).toList());
        } catch (IOException e) {
            begun.forEach(turn -> failed(turn, e));
        }
    }

    private void failed(RunningTurn turn, IOException e) {
        if (isLost()) {
            // Its marker is with who claimed it: the device did nothing wrong.
            turn.end(Ending.LOST);
        } else if (StorageErrors.isOutOfDescriptors(e)) {
            // The device was not asked, so it has not failed: the next round asks it.
            putOff.add(turn);
        } else if (turn.end(Ending.STORAGE)) {
            LOG.log(Level.ERROR, "the log of " + turn.path().relative() + " was not synced: " + e);
        }
    }

    private boolean isLost() {
        try {
            return !node.isOurs();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
