package offload.engine.execution;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.answer.AnswerAssembler;
import offload.disk.StorageErrors;
import offload.eventlog.RecordBatch;
import offload.files.NodeFolder;
import offload.files.WholeFile;
import offload.json.JsonSource;
import offload.status.StatusText;
import offload.status.TurnProgress;
import offload.turn.TurnError;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
import org.jspecify.annotations.Nullable;

/**
 * The last writes of a turn, always in this order: what the upstream refused the call with, into the status; terminal
 * record; sync of the log and of what is published next; body of an async one; final status, folder sync, webhook, active
 * marker. Readers get the terminal record only when the final status stands: who has {@code
 * [DONE]} finds the status final. A crash between two steps leaves the marker, and recovery goes on where this stopped.
 */
final class LastWrites {
    /** What a turn is that the server could not see through. */
    static final TurnState INTERRUPTED = new TurnState.Failed(TurnError.of(
            TurnError.INTERRUPTED, "The server went down before the answer was whole: what had come is kept.", true));

    private static final Logger LOG = System.getLogger(LastWrites.class.getName());

    private final NodeFolder node;
    private final RunningTurns turns;
    private final WebhookOutbox webhooks;
    private final boolean sync;

    LastWrites(NodeFolder node, RunningTurns turns, WebhookOutbox webhooks, boolean sync) {
        this.node = node;
        this.turns = turns;
        this.webhooks = webhooks;
        this.sync = sync;
    }

    /** Makes {@code turn} final. {@code errorBody} is the upstream's error answer, or null. */
    void write(RunningTurn turn, TurnState state, @Nullable JsonSource errorBody) {
        TurnState last = state;
        try {
            if (node.isOurs()) {
                keepToLog(turn);
                noteRefusal(turn, state, errorBody);
                endLog(turn, state);
            }
            if (node.isOurs()) {
                writeStatus(turn, state, errorBody);
                if (turn.hasWebhook()) {
                    webhooks.release(turn.path().marker(), turn.files().status());
                }
                turn.statusFile().removeMarker(node.marker(turn.path().marker()));
                turn.log().end();
            } else {
                turn.log().breakOff();
            }
        } catch (NotSynced e) {
            last = state instanceof TurnState.Failed ? state : StorageFailure.NOT_SYNCED;
            putOff(turn, last, errorBody, e);
        } catch (IOException | RuntimeException | Error e) {
            putOff(turn, last, errorBody, e);
        } finally {
            leave(turn, last);
        }
    }

    /** Recovery makes the turn final; readers come back and find it then. */
    private void putOff(RunningTurn turn, TurnState last, @Nullable JsonSource errorBody, Throwable e) {
        LOG.log(Level.ERROR, "the last writes of " + turn.path().relative() + " failed: " + e);
        turn.statusFile().giveAway();
        turn.log().breakOff();
        turns.leaveUnfinished(turn.path(), Unfinished.of(turn, last, errorBody));
    }

    /** Lets go of a turn that another node owns by now: nothing is written, readers come back to the new owner. */
    void abandon(RunningTurn turn) {
        turn.statusFile().giveAway();
        turn.log().breakOff();
        leave(turn, INTERRUPTED);
    }

    private void leave(RunningTurn turn, TurnState last) {
        turns.remove(turn);
        turns.leave();
        turns.answers().gone(turn);
        turns.numbers().ended(last, turn.ageNanos());
        turn.finish();
        try {
            turn.log().close();
            turn.statusFile().leave();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "leaving " + turn.path().relative() + ": " + e);
        }
    }

    /** Of what could not be appended the answer has more than the log, which alone is what readers got. */
    private static void keepToLog(RunningTurn turn) throws IOException {
        if (turn.answerEnd() > turn.log().position()) {
            turn.answerIs(LoggedAnswer.of(turn.log().file()));
        }
    }

    /**
     * The error record has nothing of the upstream's error but words. Until the final status stands, recovery finds the
     * rest in the status of the running turn.
     */
    private void noteRefusal(RunningTurn turn, TurnState state, @Nullable JsonSource errorBody) {
        if (state instanceof TurnState.Failed failed
                && (failed.error().upstreamStatus() != null || errorBody != null)) {
            try {
                turn.statusFile().replace(turn.status(errorBody));
            } catch (IOException e) {
                LOG.log(
                        Level.DEBUG,
                        "the end of {0} goes on without a note: {1}",
                        turn.path().relative(),
                        e);
            }
        }
    }

    private void endLog(RunningTurn turn, TurnState state) throws IOException {
        long begin = turn.log().position();
        try {
            tryEndLog(turn, state, true);
        } catch (IOException e) {
            if (StorageErrors.isOutOfSpace(e)) {
                turns.space().struck();
            }
            // Of a write that was cut short the whole records stay: an error that is there is not told twice.
            tryEndLog(turn, state, turn.log().position() == begin);
        }
    }

    private static void tryEndLog(RunningTurn turn, TurnState state, boolean withError) throws IOException {
        if (state instanceof TurnState.Cancelled) {
            // So that a stop that was never answered is told from the upstream's own end, after a crash.
            turn.files().stop().toFile().createNewFile();
        }
        appendEnd(turn, state, withError);
    }

    /** Forces the log and what is published next to the device, all at once. */
    private void syncAll(RunningTurn turn, Path... drafts) throws NotSynced {
        if (sync) {
            try {
                turns.numbers().sync(() -> turn.log().syncAll(drafts));
            } catch (IOException e) {
                throw new NotSynced(e);
            }
        }
    }

    private static final class NotSynced extends Exception {
        private static final long serialVersionUID = 1;

        NotSynced(IOException cause) {
            super(cause);
        }
    }

    private static void appendEnd(RunningTurn turn, TurnState state, boolean withError) throws IOException {
        RecordBatch batch = new RecordBatch();
        batch.begin(turn.log().position());
        if (withError) {
            LastRecords.add(batch, state);
        } else {
            LastRecords.addDone(batch);
        }
        turn.log().appendLast(batch);
    }

    private void writeStatus(RunningTurn turn, TurnState state, @Nullable JsonSource errorBody)
            throws IOException, NotSynced {
        publish(turn, state, errorBody);
        if (sync) {
            node.syncFileNames(turn.path());
        }
    }

    private void publish(RunningTurn turn, TurnState state, @Nullable JsonSource errorBody)
            throws IOException, NotSynced {
        JsonSource body = turn.answer().body();
        TurnProgress progress = new TurnProgress(
                state,
                turn.times(turn.now()),
                turn.response(),
                body == null ? errorBody : body,
                turn.log().position(),
                turn.log().digest());
        Path status = turn.statusFile().prepareLast(StatusText.render(turn.document(), progress));
        if (hasRaw(turn.document().kind(), state)) {
            publishWithRaw(turn, status, raw(body));
        } else {
            syncAll(turn, status);
            turn.statusFile().publishLast();
        }
    }

    private void publishWithRaw(RunningTurn turn, Path status, JsonSource body) throws IOException, NotSynced {
        Path raw = node.draft();
        try {
            WholeFile.write(raw, body, null);
            syncAll(turn, raw, status);
            WholeFile.moveOver(raw, turn.files().raw());
        } finally {
            Files.deleteIfExists(raw);
        }
        turn.statusFile().publishLast();
    }

    private static boolean hasRaw(TurnKind kind, TurnState state) {
        return kind == TurnKind.ASYNC && state.status().equals("done");
    }

    private static JsonSource raw(@Nullable JsonSource body) {
        return body == null ? JsonSource.of(AnswerAssembler.NOTHING) : body;
    }

    /** Writes the body alone, for an async turn that is done. */
    void writeRaw(TurnKind kind, TurnState state, @Nullable JsonSource body, Path file) throws IOException {
        if (hasRaw(kind, state)) {
            WholeFile.replace(node.draft(), file, raw(body), sync ? node.device() : null);
        }
    }

    /** What follows the final status: the webhook is due, and nothing is left to be recovered. */
    void afterStatus(TurnPath path, Path status, Path marker) throws IOException {
        webhooks.release(path.marker(), status);
        Files.deleteIfExists(marker);
    }
}
