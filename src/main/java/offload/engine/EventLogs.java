package offload.engine;

import java.io.IOException;
import java.nio.file.Path;
import offload.engine.execution.RunningTurn;
import offload.engine.execution.RunningTurns;
import offload.eventlog.EventLog;
import offload.eventlog.EventTail;
import offload.eventlog.KeptLogs;
import offload.files.DataFolder;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/** For who reads events: the log where its turn runs here, and somebody to see it through where nobody runs it. Any thread. */
public final class EventLogs {
    private final RunningTurns turns;
    private final Orphans orphans;
    private final KeptLogs kept;

    EventLogs(DataFolder data, RunningTurns turns, Orphans orphans) {
        this.turns = turns;
        this.orphans = orphans;
        kept = new KeptLogs(data.root());
    }

    /** The log of the turn at {@code path}; null where it does not run here, or its files say all that there is to say of it. */
    public @Nullable EventLog live(TurnPath path) throws IOException {
        RunningTurn running = turns.live(path);
        return running == null ? null : running.log();
    }

    /** A reader of the log in {@code file}, of a final turn, that stays open for the next; null where it is to be opened for one alone. */
    public @Nullable EventTail kept(Path file) throws IOException {
        return kept.reader(file);
    }

    /** Somebody reads the turn at {@code path}, which is not final, and does not run here. */
    public void asked(TurnPath path) {
        orphans.asked(path);
    }

    /** Closes what nobody has read for a while. */
    void round() throws IOException {
        kept.round();
    }

    void close() throws IOException {
        kept.clear();
    }
}
