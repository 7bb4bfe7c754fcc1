package offload.engine.execution;

import java.io.IOException;
import java.nio.file.Path;
import offload.address.WebhookUrl;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.files.SyncPolicy;
import offload.files.TurnFiles;
import offload.status.StatusDocument;
import offload.status.StatusParts;
import offload.turn.TurnPath;
import offload.turn.TurnRequest;
import offload.upstream.ChatCall;
import offload.upstream.ChatUpstream;
import offload.webhook.WebhookOutbox;
import org.jspecify.annotations.Nullable;

/**
 * Begins turns and writes them: their logs, their statuses, their ends. Any thread, but each round is for one thread of its
 * own. {@link #close} ends no turn.
 */
public final class Execution implements AutoCloseable {
    private final NodeFolder node;
    private final RunningTurns turns;
    private final LastWrites last;
    private final TurnStarter starter;
    private final StatusUpdater updater;
    private final LogSyncer syncer;

    /** For {@code turns}, whose files are in {@code data} and whose markers in {@code node}; nothing runs yet. */
    public Execution(
            DataFolder data,
            NodeFolder node,
            RunningTurns turns,
            ChatUpstream upstream,
            WebhookOutbox webhooks,
            SyncPolicy sync) {
        this.node = node;
        this.turns = turns;
        LogAppender appender = new LogAppender(node, sync, turns.space(), turns.numbers(), turns.answers());
        last = new LastWrites(node, turns, webhooks, appender.syncsEnd());
        starter = new TurnStarter(data, node, turns, upstream, webhooks, new TurnWrites(appender, last));
        updater = new StatusUpdater(node, turns);
        syncer = new LogSyncer(node, turns);
    }

    /** What is to be known of a turn, given where it is. */
    public interface Documents {
        /** The same each time. */
        StatusDocument at(TurnPath path);
    }

    /** What is done between the last of a turn's first files and its call of the upstream. */
    public interface BeforeCall {
        /** Where this fails, the turn is given up: the upstream was asked for nothing. */
        void stored(TurnPath path, StatusDocument document) throws IOException;
    }

    /**
     * Everything about the turn is on disk when this returns, and its call of the upstream is on its way.
     *
     * @param wanted where it shall be; it may become another name
     * @param webhook who is told when it is final; null for nobody
     */
    public void start(
            TurnRequest request,
            ChatCall call,
            TurnPath wanted,
            Documents document,
            @Nullable WebhookUrl webhook,
            BeforeCall before)
            throws IOException {
        starter.start(request, call, wanted, document, webhook, before);
    }

    /** Rewrites the statuses that are due. */
    public void rewriteStatuses() throws IOException {
        updater.round();
    }

    /** Forces the logs to the device. */
    public void syncLogs() throws InterruptedException {
        syncer.round();
    }

    /**
     * Writes the end of a turn that does not run any more: of its log and of its status, which tells {@code parts}. What
     * follows is left to {@link #afterStatus}.
     *
     * @param known how it ended; null where only its files tell
     */
    public void finishLeft(TurnPath path, TurnFiles files, StatusParts parts, @Nullable Unfinished known)
            throws IOException {
        new LeftTurn(path, files, node, last).finish(parts, known);
        turns.numbers().recovered();
    }

    /** What follows the final status: the webhook is due, and nothing is left to be recovered. */
    public void afterStatus(TurnPath path, Path status, Path marker) throws IOException {
        last.afterStatus(path, status, marker);
    }

    @Override
    public void close() {
        syncer.close();
    }
}
