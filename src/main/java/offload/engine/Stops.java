package offload.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offload.engine.execution.RunningTurn;
import offload.engine.execution.RunningTurns;
import offload.files.DataFolder;
import offload.files.StatusFile;
import offload.files.TurnFiles;
import offload.status.StatusText;
import offload.turn.TurnPath;

/**
 * Stops turns. The stop file is the one signal that every process understands; a turn that runs here is rung as well.
 * Any thread, but {@link #watch} for one.
 */
public final class Stops {
    private static final Logger LOG = System.getLogger(Stops.class.getName());
    private static final long PATIENCE_MILLIS = 5_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DataFolder data;
    private final RunningTurns turns;
    private final long patienceMillis;

    Stops(DataFolder data, RunningTurns turns) {
        this(data, turns, PATIENCE_MILLIS);
    }

    /** Waits so long, at most, for a turn to be final. */
    Stops(DataFolder data, RunningTurns turns, long patienceMillis) {
        this.data = data;
        this.turns = turns;
        this.patienceMillis = patienceMillis;
    }

    /** What became of asking a turn to stop. */
    public enum Outcome {
        /** It stops, or has stopped by now. */
        STOPPED,
        /** It was final before. */
        FINISHED,
        /** There is no such turn. */
        UNKNOWN
    }

    /** Stops the turn at {@code path} and waits, for some seconds at most, until it is final. */
    public Outcome stop(TurnPath path) throws IOException, InterruptedException {
        RunningTurn running = turns.find(path);
        if (running != null) {
            return stopHere(running);
        }
        TurnFiles files = data.files(path);
        byte[] status = StatusFile.beginning(files.status());
        if (status == null) {
            return Outcome.UNKNOWN;
        }
        if (StatusText.isFinal(status)) {
            return Outcome.FINISHED;
        }
        boolean made = leaveSign(files);
        Outcome outcome = awaitElsewhere(files);
        if (made && outcome == Outcome.FINISHED) {
            // It would say of this turn, for ever, that it was stopped.
            Files.deleteIfExists(files.stop());
        }
        return outcome;
    }

    private Outcome stopHere(RunningTurn running) throws InterruptedException {
        boolean stopped = turns.stop(running);
        if (stopped) {
            try {
                leaveSign(running.files());
            } catch (IOException e) {
                // It stops all the same; the last writes make the file where this found no room.
                LOG.log(Level.WARNING, "the stop file of " + running.path().relative() + " is not there yet: " + e);
            }
        }
        running.awaitFinal(patienceMillis);
        return stopped ? Outcome.STOPPED : Outcome.FINISHED;
    }

    /**
     * Makes the stop file, and takes it away again where the turn has ended and was deleted meanwhile: nobody else would.
     * False where somebody has made one before.
     */
    static boolean leaveSign(TurnFiles files) throws IOException {
        boolean made = files.stop().toFile().createNewFile();
        if (Files.notExists(files.status())) {
            Files.deleteIfExists(files.stop());
        }
        return made;
    }

    private Outcome awaitElsewhere(TurnFiles files) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        byte[] status = StatusFile.beginning(files.status());
        while (status != null && !StatusText.isFinal(status) && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
            status = StatusFile.beginning(files.status());
        }
        // It may come to its end before the server that runs it sees the stop file.
        return status != null && StatusText.isFinal(status) && !StatusText.isStopped(status)
                ? Outcome.FINISHED
                : Outcome.STOPPED;
    }

    /** Looks for stop files of the turns that run here. */
    void watch() {
        for (RunningTurn turn : turns.all()) {
            if (turn.files().stop().toFile().exists()) {
                turns.stop(turn);
            }
        }
    }
}
