package offload.engine;

import java.io.IOException;
import offload.engine.execution.RunningTurn;
import offload.engine.execution.RunningTurns;
import offload.eventlog.EventLog;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/** For who reads events: the log where its turn runs here, and somebody to see it through where nobody runs it. Any thread. */
public final class EventLogs {
    private final RunningTurns turns;
    private final Orphans orphans;

    EventLogs(RunningTurns turns, Orphans orphans) {
        this.turns = turns;
        this.orphans = orphans;
    }

    /** The log of the turn at {@code path}; null where it does not run here, or its files say all that there is to say of it. */
    public @Nullable EventLog live(TurnPath path) throws IOException {
        RunningTurn running = turns.live(path);
        return running == null ? null : running.log();
    }

    /** Somebody reads the turn at {@code path}, which is not final, and does not run here. */
    public void asked(TurnPath path) {
        orphans.asked(path);
    }
}
