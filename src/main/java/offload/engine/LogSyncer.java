package offload.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import offload.files.NodeFolder;

/**
 * Forces the logs of running turns to the device every so often, several at once: the device then takes many in one go.
 * A turn's first time makes its marker, its first status and the names of its files last as well: without them its log
 * would be of no use after a power cut. {@link #round} is for one thread.
 */
final class LogSyncer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LogSyncer.class.getName());
    private static final int AT_ONCE = 8;

    private final NodeFolder node;
    private final RunningTurns turns;
    private final Set<RunningTurn> lasting = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("log-syncer-", 0).daemon().factory());

    LogSyncer(NodeFolder node, RunningTurns turns) {
        this.node = node;
        this.turns = turns;
    }

    void round() throws InterruptedException {
        lasting.removeIf(turn -> turns.find(turn.path()) != turn);
        workers.invokeAll(turns.all().stream()
                .map(turn -> Executors.callable(() -> sync(turn)))
                .toList());
    }

    private void sync(RunningTurn turn) {
        try {
            if (lasting.add(turn)) {
                node.makeLasting(turn.path());
            }
            turns.numbers().sync(turn.log()::sync);
        } catch (IOException e) {
            if (turn.end(Ending.STORAGE)) {
                LOG.log(Level.ERROR, "the log of " + turn.path().relative() + " was not synced: " + e);
            }
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
