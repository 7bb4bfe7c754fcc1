package offload.engine.execution;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import offload.answer.AnswerAssembler;
import offload.eventlog.EventLog;
import offload.files.StatusFile;
import offload.files.TurnClaim;
import offload.files.TurnFiles;
import offload.json.JsonSource;
import offload.status.ResponseFacts;
import offload.status.StatusDocument;
import offload.status.StatusText;
import offload.status.TurnProgress;
import offload.status.TurnTimes;
import offload.turn.TurnPath;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * A turn that runs in this process: what its thread, its readers, the status writer and whoever wants to stop it share.
 * The turn's thread writes times, response and state; any thread reads them.
 */
public final class RunningTurn {
    /** Most answers are smaller, and are not counted at all. */
    private static final int COUNTED = 64 * 1024;

    private final TurnPath path;
    private final TurnFiles files;
    private final StatusDocument document;
    private final EventLog log;
    private final TurnStatusFile statusFile;
    private volatile AnswerAssembler answer = new AnswerAssembler();
    /** Where in the log that ends which the answer has; under the answer's monitor. */
    private long answerEnd;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final long requestAt = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();
    private final long timeoutMillis;
    private final boolean webhook;
    private volatile long counted;
    private @Nullable Thread thread;
    private @Nullable Ending ending;

    private volatile @Nullable Long firstByteAt;
    private volatile @Nullable Long finishedAt;
    private volatile ResponseFacts response = ResponseFacts.NONE;
    private volatile TurnState state = new TurnState.Waiting();

    RunningTurn(TurnClaim claim, TurnFiles files, StatusDocument document, long timeoutMillis, boolean webhook) {
        this.path = claim.path();
        this.log = claim.log();
        this.statusFile = new TurnStatusFile(claim.status());
        this.files = files;
        this.document = document;
        this.timeoutMillis = timeoutMillis;
        this.webhook = webhook;
    }

    /** Where it is. */
    public TurnPath path() {
        return path;
    }

    /** Its event log. */
    public EventLog log() {
        return log;
    }

    /** Its files. */
    public TurnFiles files() {
        return files;
    }

    /** Who it is. */
    public StatusDocument document() {
        return document;
    }

    /** Whether somebody is to be told once it is final. */
    boolean hasWebhook() {
        return webhook;
    }

    /** Its answer so far. */
    public AnswerAssembler answer() {
        return answer;
    }

    /** The state now. */
    public TurnState state() {
        return state;
    }

    /** How much more its answer takes than was counted; 0 until it is worth counting. For the turn's thread. */
    long countAnswer() {
        long before = counted;
        long now = answer.memory();
        if (now - before < COUNTED) {
            return 0;
        }
        counted = now;
        return now - before;
    }

    /** What was counted of its answer. */
    long counted() {
        return counted;
    }

    /** Whether its call of the upstream is over, or about to be. */
    synchronized boolean isEnding() {
        return ending != null;
    }

    /** About how many bytes {@link #status} has. */
    long statusSize() {
        return answer.size() + document.parameters().length();
    }

    /** The status now: the same document as in the file, fresh. */
    public JsonSource status() throws IOException {
        JsonSource body;
        long offset;
        synchronized (answer()) {
            body = answer.body();
            offset = answerEnd;
        }
        // Rendered without the monitor, which whoever reads from the upstream waits for.
        return status(body, offset);
    }

    /** The same with the upstream's error answer, or null, for its body. */
    JsonSource status(@Nullable JsonSource body) throws IOException {
        return status(body, answerEnd());
    }

    private JsonSource status(@Nullable JsonSource body, long offset) throws IOException {
        // The answer has an event before the log has it: for as long as a sync takes, under `event`.
        TurnState shown = offset > 0 && state instanceof TurnState.Waiting ? new TurnState.Streaming() : state;
        return StatusText.render(document, new TurnProgress(shown, times(null), response, body, offset, null));
    }

    /** The answer has by now what the log will have up to {@code offset}; for who added it, under the answer's monitor. */
    void answerReaches(long offset) {
        answerEnd = offset;
    }

    /** The answer is {@code other} from now on; for who adds to it. */
    void answerIs(LoggedAnswer other) {
        synchronized (answer()) {
            answerEnd = other.offset();
            answer = other.answer();
        }
    }

    /** Where in the log that ends which the answer has by now; readers may not have it yet. */
    public long answerEnd() {
        synchronized (answer()) {
            return answerEnd;
        }
    }

    TurnTimes times(@Nullable Long processedAt) {
        return new TurnTimes(requestAt, firstByteAt, finishedAt, processedAt);
    }

    /** Milliseconds since the epoch as they were at the start, and what has passed since: no jump of the clock counts. */
    long now() {
        return requestAt + (System.nanoTime() - startNanos) / 1_000_000;
    }

    ResponseFacts response() {
        return response;
    }

    void responded(ResponseFacts facts) {
        firstByteAt = now();
        response = facts;
    }

    void streaming() {
        if (state instanceof TurnState.Waiting) {
            state = new TurnState.Streaming();
        }
    }

    /** Whether its final status is there, before its last writes are through: other servers give out [DONE] from then on. */
    boolean isPublished() throws IOException {
        return log.isTerminated() && StatusFile.isFinalOrGone(files.status());
    }

    /** How long ago it was submitted. */
    long ageNanos() {
        return System.nanoTime() - startNanos;
    }

    /** The turn's thread is about to call the upstream; false where the turn was ended before it began. */
    synchronized boolean enterUpstream() {
        thread = Thread.currentThread();
        return ending == null;
    }

    /** The turn's thread is back; what ended the call. From now on nobody interrupts it. */
    synchronized Ending leaveUpstream() {
        finishedAt = now();
        // An interrupt that came too late must not hit the last writes.
        Thread.interrupted();
        if (ending == null) {
            ending = Ending.UPSTREAM;
        }
        return ending;
    }

    /** Ends the upstream call for {@code reason}; false where something else has ended it already. */
    synchronized boolean end(Ending reason) {
        if (ending != null) {
            return false;
        }
        ending = reason;
        if (thread != null) {
            thread.interrupt();
        }
        return true;
    }

    /** Its status file. */
    TurnStatusFile statusFile() {
        return statusFile;
    }

    /** How long the whole upstream call may take. */
    long timeoutMillis() {
        return timeoutMillis;
    }

    /** It is over. The state stays what it was: how a turn ended is said by its file alone, once that is there. */
    void finish() {
        finished.countDown();
    }

    /** Waits until the turn is final and all is on disk; false where {@code millis} were not enough. */
    public boolean awaitFinal(long millis) throws InterruptedException {
        return finished.await(millis, TimeUnit.MILLISECONDS);
    }
}
