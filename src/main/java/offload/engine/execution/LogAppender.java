package offload.engine.execution;

import java.io.IOException;
import java.util.List;
import offload.disk.StorageErrors;
import offload.eventlog.RecordBatch;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.files.SyncPolicy;
import offload.limits.FileLimit;
import offload.turn.TurnPath;
import offload.turn.TurnState;

/** Appends to turns' logs, as long as this node owns its turns and as the operator's sync policy says. Any thread. */
final class LogAppender {
    private final NodeFolder node;
    private final SyncPolicy sync;
    private final FreeSpace space;
    private final TurnNumbers numbers;
    private final AnswerMemory answers;

    LogAppender(NodeFolder node, SyncPolicy sync, FreeSpace space, TurnNumbers numbers, AnswerMemory answers) {
        this.node = node;
        this.sync = sync;
        this.space = space;
        this.numbers = numbers;
        this.answers = answers;
    }

    /** Makes a turn that was just claimed last, where the policy says so, before anybody is told of it. */
    void began(TurnPath path) throws IOException {
        if (sync == SyncPolicy.EVENT) {
            node.syncMarker(path);
            node.syncNames(List.of(path));
        }
    }

    /** Appends; readers learn of it by {@link #publish}. */
    void append(RunningTurn turn, RecordBatch batch) throws IOException {
        // Asked before the write: until whoever owns the turn by now has replaced the log, readers elsewhere follow
        // this one.
        requireOurs(turn);
        space.requireForEvents();
        FileLimit.OF_PROCESS.requireRoomToEnd(turn.log().position() + batch.length());
        try {
            turn.log().append(batch);
            if (sync == SyncPolicy.EVENT) {
                numbers.sync(turn.log()::syncAll);
            }
        } catch (IOException e) {
            if (StorageErrors.isOutOfSpace(e)) {
                space.struck();
            }
            throw e;
        }
    }

    /** Lets readers have what was appended; the turn ends as lost where another node owns it by now. */
    void publish(RunningTurn turn, RecordBatch batch) throws IOException {
        // Asked after the write: what was written while the turn was ours is seen by whoever owns it after us.
        requireOurs(turn);
        turn.log().publish(batch);
        numbers.appended(batch.count(), batch.length());
        answers.grew(turn);
        if (turn.state() instanceof TurnState.Waiting) {
            numbers.began(turn.ageNanos());
        }
    }

    private void requireOurs(RunningTurn turn) throws IOException {
        if (!node.isOurs()) {
            turn.end(Ending.LOST);
            throw new IOException("this node's turns were claimed by another");
        }
    }

    /** Whether the end of a turn is forced to the device. */
    boolean syncsEnd() {
        return sync != SyncPolicy.NEVER;
    }
}
