package offload.engine.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.address.WebhookUrl;
import offload.disk.StorageErrors;
import offload.files.DataFolder;
import offload.files.FilePart;
import offload.files.NodeFolder;
import offload.files.TurnClaim;
import offload.json.JsonSource;
import offload.status.ResponseFacts;
import offload.status.StatusDocument;
import offload.status.StatusText;
import offload.status.TurnProgress;
import offload.status.TurnTimes;
import offload.turn.TurnPath;
import offload.turn.TurnRequest;
import offload.turn.TurnState;
import offload.upstream.ChatCall;
import offload.upstream.ChatUpstream;
import offload.webhook.WebhookOutbox;
import org.jspecify.annotations.Nullable;

/** Puts a new turn on disk and starts its thread. Any thread. */
final class TurnStarter {
    private static final int LONG = 16 * 1024;

    private final DataFolder data;
    private final NodeFolder node;
    private final RunningTurns turns;
    private final ChatUpstream upstream;
    private final WebhookOutbox webhooks;
    private final TurnWrites writes;

    TurnStarter(
            DataFolder data,
            NodeFolder node,
            RunningTurns turns,
            ChatUpstream upstream,
            WebhookOutbox webhooks,
            TurnWrites writes) {
        this.data = data;
        this.node = node;
        this.turns = turns;
        this.upstream = upstream;
        this.webhooks = webhooks;
        this.writes = writes;
    }

    /** See {@link Execution#start}. */
    void start(
            TurnRequest request,
            ChatCall call,
            TurnPath wanted,
            Execution.Documents document,
            @Nullable WebhookUrl webhook,
            Execution.BeforeCall before)
            throws IOException {
        try {
            turns.enter();
            begin(request, call, wanted, document, webhook, before);
        } catch (IOException | RuntimeException | Error e) {
            call.body().release();
            throw e;
        }
    }

    private void begin(
            TurnRequest request,
            ChatCall call,
            TurnPath wanted,
            Execution.Documents document,
            @Nullable WebhookUrl webhook,
            Execution.BeforeCall before)
            throws IOException {
        try {
            TurnClaim claim =
                    TurnClaim.take(data, node, wanted, path -> first(document.at(path)), this::leaveToRecovery);
            StatusDocument kept = prepare(claim, webhook, document.at(claim.path()));
            RunningTurn turn =
                    new RunningTurn(claim, data.files(claim.path()), kept, request.timeoutMillis(), webhook != null);
            turns.add(turn);
            TurnRunner runner = new TurnRunner(turn, request, upstream, call, writes.log(), writes.last());
            begin(turn, claim, runner, before);
        } catch (IOException e) {
            turns.leave();
            if (StorageErrors.isOutOfSpace(e)) {
                turns.space().struck();
            }
            throw e;
        } catch (RuntimeException | Error e) {
            turns.leave();
            throw e;
        }
    }

    /** Where the system gives no thread for it, as where {@code before} fails, nobody is told of the turn. */
    private void begin(RunningTurn turn, TurnClaim claim, TurnRunner runner, Execution.BeforeCall before)
            throws IOException {
        try {
            before.stored(turn.path(), turn.document());
            Thread.ofVirtual().name("turn").start(runner);
        } catch (IOException | RuntimeException | Error e) {
            turns.remove(turn);
            undo(claim, e);
            throw e;
        }
    }

    private StatusDocument prepare(TurnClaim claim, @Nullable WebhookUrl webhook, StatusDocument document)
            throws IOException {
        TurnPath path = claim.path();
        try {
            if (webhook != null) {
                webhooks.prepare(path.marker(), webhook, data.files(path).webhook());
            }
            StatusDocument kept = kept(document, path);
            writes.log().began(path);
            return kept;
        } catch (IOException | RuntimeException | Error e) {
            undo(claim, e);
            throw e;
        }
    }

    private void undo(TurnClaim claim, Throwable cause) {
        try {
            webhooks.discard(claim.path().marker());
            claim.undo(data, node);
        } catch (IOException | Error e) {
            cause.addSuppressed(e);
            leaveToRecovery(claim.path());
        }
    }

    /** Nobody was told of the turn, but it must not look as if it ran for ever. */
    private void leaveToRecovery(TurnPath path) {
        turns.leaveUnfinished(path, new Unfinished(LastWrites.INTERRUPTED, null, null));
    }

    /** A long history is on disk by now: who renders a status takes it from there, and a turn that waits takes no memory. */
    private StatusDocument kept(StatusDocument document, TurnPath path) throws IOException {
        int length = document.parameters().length();
        if (length < LONG) {
            return document;
        }
        Path marker = node.marker(path.marker());
        long offset = Files.size(marker) - StatusText.AFTER_PARAMETERS - length;
        return document.withParameters(new FilePart(marker, offset, length));
    }

    private static JsonSource first(StatusDocument document) throws IOException {
        TurnTimes times = new TurnTimes(System.currentTimeMillis(), null, null, null);
        return StatusText.render(
                document, new TurnProgress(new TurnState.Waiting(), times, ResponseFacts.NONE, null, 0, null));
    }
}
