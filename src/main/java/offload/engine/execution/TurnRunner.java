package offload.engine.execution;

import java.io.IOException;
import java.util.Arrays;
import offload.answer.KeyEchoes;
import offload.answer.UpstreamErrors;
import offload.answer.WholeAnswer;
import offload.json.JsonFault;
import offload.json.JsonSource;
import offload.turn.TurnError;
import offload.turn.TurnRequest;
import offload.turn.TurnState;
import offload.turn.UpstreamBody;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import offload.upstream.ChatUpstream;
import org.jspecify.annotations.Nullable;

/**
 * Runs one turn on its own virtual thread: calls the upstream, lets {@link TurnSink} append what comes, finds out how it
 * ended and has {@link LastWrites} write it down. Whatever happens, the turn becomes final exactly once.
 */
final class TurnRunner implements Runnable {
    /** How much is kept of what is no answer, in bytes. */
    private static final int MOST_KEPT = 64 * 1024;

    private static final TurnState NO_MEMORY = new TurnState.Failed(TurnError.of(
            TurnError.INTERRUPTED,
            "The server has no memory for more of this answer beside the others that it has under way: what had come is kept.",
            true));

    private final RunningTurn turn;
    private final ChatUpstream upstream;
    private final ChatCall call;
    private final TurnSink sink;
    private final int choices;
    private final LastWrites lastWrites;

    private @Nullable JsonSource errorBody;

    TurnRunner(
            RunningTurn turn,
            TurnRequest request,
            ChatUpstream upstream,
            ChatCall call,
            LogAppender log,
            LastWrites lastWrites) {
        this.turn = turn;
        this.upstream = upstream;
        this.call = call;
        this.sink = new TurnSink(turn, log, call.key(), UpstreamBody.callerWantsUsage(request));
        this.lastWrites = lastWrites;
        // The request itself has the whole history, which may be large, and is over long before the turn.
        this.choices = request.choices();
    }

    @Override
    public void run() {
        TurnState state = turn.enterUpstream() ? callUpstream() : new TurnState.Waiting();
        Ending ending = turn.leaveUpstream();
        call.body().release();
        call.key().wipe();
        switch (heeding(ending, state)) {
            case UPSTREAM -> lastWrites.write(turn, state, errorBody);
            case STOP -> lastWrites.write(turn, new TurnState.Cancelled(), null);
            case TIMEOUT -> lastWrites.write(turn, proven(TurnError.UPSTREAM_TIMEOUT, timeoutMessage()), null);
            case SHUTDOWN -> lastWrites.write(turn, provenOr(LastWrites.INTERRUPTED), null);
            case MEMORY -> lastWrites.write(turn, provenOr(NO_MEMORY), null);
            case STORAGE -> lastWrites.write(turn, StorageFailure.NOT_SYNCED, null);
            case LOST -> lastWrites.abandon(turn);
        }
    }

    /**
     * Who made a stop file may have been told that the turn stops, also where its call ended before anybody here looked, as
     * in a process that stood still. As in recovery, what the upstream refused counts for more; so does a log that cannot
     * be written any more, or is another server's.
     */
    private Ending heeding(Ending ending, TurnState state) {
        boolean isRefused = ending == Ending.UPSTREAM
                && state instanceof TurnState.Failed failed
                && failed.error().code().equals(TurnError.UPSTREAM_ERROR);
        if (isRefused || ending == Ending.STORAGE || ending == Ending.LOST) {
            return ending;
        }
        return turn.files().stop().toFile().exists() ? Ending.STOP : ending;
    }

    private String timeoutMessage() {
        return "The upstream did not finish within the request's timeout of " + turn.timeoutMillis() / 1000.0 + " s.";
    }

    private TurnState callUpstream() {
        try {
            return called();
        } catch (IOException e) {
            return new TurnState.Failed(StorageFailure.of(e));
        } catch (RuntimeException | Error e) {
            System.getLogger(TurnRunner.class.getName())
                    .log(System.Logger.Level.ERROR, "turn " + turn.path().relative() + " failed: " + e.getClass());
            return failed(TurnError.UPSTREAM_ERROR, "The call of the upstream failed inside the server.", true);
        }
    }

    private TurnState called() throws IOException {
        try {
            ChatEnd end = upstream.run(call, sink);
            sink.flush();
            return stateOf(end);
        } catch (EndOfTurn e) {
            return provenOr(e.state());
        } catch (ErrorEvent e) {
            byte[] said = KeyEchoes.hidden(e.said(), call.key());
            // What has come of the answer is worth more to who asked than the error, whose words the status has anyway.
            byte[] shown = said.length <= MOST_KEPT ? said : Arrays.copyOf(said, MOST_KEPT);
            errorBody = turn.answer().size() == 0 ? source(UpstreamErrors.body(shown)) : null;
            return new TurnState.Failed(UpstreamErrors.inStream(said));
        }
    }

    private TurnState stateOf(ChatEnd end) throws IOException {
        return switch (end) {
            case ChatEnd.Done done -> turn.answer().finished();
            case ChatEnd.Ended ended ->
                proven(
                        TurnError.UPSTREAM_TRUNCATED,
                        "The upstream's stream ended without [DONE] and without a finish_reason on each choice"
                                + " asked for.");
            case ChatEnd.Truncated truncated -> proven(TurnError.UPSTREAM_TRUNCATED, truncated.message());
            case ChatEnd.Whole whole -> whole(whole.json());
            case ChatEnd.Rejected rejected -> {
                byte[] body = rejected.whole()
                        ? KeyEchoes.hidden(rejected.body(), call.key())
                        : KeyEchoes.hiddenInBroken(rejected.body(), call.key());
                errorBody = source(UpstreamErrors.body(body));
                yield new TurnState.Failed(UpstreamErrors.rejected(rejected.status(), body));
            }
            case ChatEnd.Invalid invalid -> {
                byte[] said = KeyEchoes.hiddenInBroken(invalid.said(), call.key());
                yield provenOr(new TurnState.Failed(UpstreamErrors.invalid(invalid.message(), said)));
            }
            case ChatEnd.Unreachable unreachable -> failed(TurnError.UPSTREAM_UNREACHABLE, unreachable.message(), true);
            case ChatEnd.ConnectTimedOut timeout ->
                failed(
                        TurnError.CONNECT_TIMEOUT,
                        "No connection to the upstream within the connect_timeout of "
                                + call.connectTimeout().toMillis() / 1000.0 + " s.",
                        true);
            case ChatEnd.Aborted aborted -> failed(TurnError.INTERRUPTED, "The call was interrupted.", true);
        };
    }

    /**
     * An answer that is whole stays so, however the call ended: some upstreams finish it and then keep silent, or say what nobody
     * can read. An error of theirs is one all the same.
     */
    private TurnState proven(String otherwise, String message) {
        return provenOr(failed(otherwise, message, true));
    }

    private TurnState provenOr(TurnState otherwise) {
        return turn.answer().isFinished(choices) ? turn.answer().finished() : otherwise;
    }

    private TurnState whole(byte[] json) throws IOException {
        try {
            byte[] chunk = WholeAnswer.toChunk(json);
            sink.event("message", chunk, 0, chunk.length);
            sink.flush();
            return turn.answer().finished();
        } catch (EndOfTurn e) {
            errorBody = kept(json);
            return e.state();
        } catch (ErrorEvent e) {
            errorBody = kept(json);
            return new TurnState.Failed(UpstreamErrors.inStream(KeyEchoes.hidden(e.said(), call.key())));
        } catch (JsonFault e) {
            // Some upstreams refuse with 200 and words of their own.
            errorBody = kept(json);
            return failed(
                    TurnError.UPSTREAM_INVALID,
                    "The upstream answered JSON that is no chat completion: " + e.getMessage() + ".",
                    false);
        }
    }

    private @Nullable JsonSource kept(byte[] json) {
        return json.length <= MOST_KEPT ? JsonSource.of(KeyEchoes.hidden(json, call.key())) : null;
    }

    private static @Nullable JsonSource source(byte @Nullable [] json) {
        return json == null ? null : JsonSource.of(json);
    }

    private static TurnState failed(String code, String message, boolean retryable) {
        return new TurnState.Failed(TurnError.of(code, message, retryable));
    }
}
