package offload.engine;

import java.io.IOException;
import java.util.function.Function;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.files.TurnClaim;
import offload.turn.ResponseFacts;
import offload.turn.StatusDocument;
import offload.turn.StatusText;
import offload.turn.TurnPath;
import offload.turn.TurnProgress;
import offload.turn.TurnRequest;
import offload.turn.TurnState;
import offload.turn.TurnTimes;
import offload.upstream.ChatCall;
import offload.upstream.ChatUpstream;
import offload.webhook.WebhookOutbox;
import offload.webhook.WebhookUrl;
import org.jspecify.annotations.Nullable;

/** Puts a new turn on disk and starts its thread. Any thread. */
final class TurnStarter {
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

    /** Everything about the turn is on disk when this returns, and its call of the upstream is on its way. */
    StartedTurn start(
            TurnRequest request,
            ChatCall call,
            TurnPath wanted,
            Function<TurnPath, StatusDocument> document,
            @Nullable WebhookUrl webhook)
            throws IOException {
        turns.enter();
        try {
            TurnClaim claim = TurnClaim.take(data, node, wanted, path -> first(document.apply(path)));
            prepare(claim, webhook);
            RunningTurn turn = new RunningTurn(
                    claim,
                    data.files(claim.path()),
                    document.apply(claim.path()),
                    request.timeoutMillis(),
                    webhook != null);
            turns.add(turn);
            TurnRunner runner = new TurnRunner(turn, request, upstream, call, writes.log(), writes.last());
            Thread.ofVirtual().name("turn").start(runner);
            return new StartedTurn(turn.path(), turn.document());
        } catch (IOException e) {
            turns.leave();
            if (StorageErrors.isOutOfSpace(e)) {
                turns.space().struck();
            }
            throw e;
        } catch (RuntimeException e) {
            turns.leave();
            throw e;
        }
    }

    private void prepare(TurnClaim claim, @Nullable WebhookUrl webhook) throws IOException {
        TurnPath path = claim.path();
        try {
            if (webhook != null) {
                webhooks.prepare(path.marker(), webhook, data.files(path).webhook());
            }
            writes.log().began(path);
        } catch (IOException | RuntimeException e) {
            undo(claim, e);
            throw e;
        }
    }

    private void undo(TurnClaim claim, Exception cause) {
        try {
            webhooks.discard(claim.path().marker());
            claim.undo(data, node);
        } catch (IOException e) {
            // Nobody was told of the turn, but it must not look as if it ran for ever.
            cause.addSuppressed(e);
            turns.leaveUnfinished(claim.path(), new Unfinished(LastWrites.INTERRUPTED, null));
        }
    }

    private static byte[] first(StatusDocument document) {
        TurnTimes times = new TurnTimes(System.currentTimeMillis(), null, null, null);
        return StatusText.render(
                document, new TurnProgress(new TurnState.Waiting(), times, ResponseFacts.NONE, null, 0, null));
    }
}
