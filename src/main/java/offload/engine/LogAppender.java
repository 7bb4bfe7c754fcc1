package offload.engine;

import java.io.IOException;
import offload.files.NodeFolder;
import offload.files.RecordBatch;
import offload.files.SyncPolicy;

/** Appends to turns' logs, as long as this node owns its turns and as the operator's sync policy says. Any thread. */
final class LogAppender {
    private final NodeFolder node;
    private final SyncPolicy sync;

    LogAppender(NodeFolder node, SyncPolicy sync) {
        this.node = node;
        this.sync = sync;
    }

    /** Appends and publishes; the turn ends as lost where another node owns it by now. */
    void append(RunningTurn turn, RecordBatch batch) throws IOException {
        if (!node.isOurs()) {
            turn.end(Ending.LOST);
            throw new IOException("this node's turns were claimed by another");
        }
        if (sync == SyncPolicy.EVENT) {
            turn.log().appendSynced(batch);
        } else {
            turn.log().append(batch);
        }
    }

    /** Whether the end of a turn is forced to the device. */
    boolean syncsEnd() {
        return sync != SyncPolicy.NEVER;
    }
}
