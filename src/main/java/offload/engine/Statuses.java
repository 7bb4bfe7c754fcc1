package offload.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offload.files.DataFolder;
import offload.files.EventLogScan;
import offload.files.StatusFile;
import offload.files.TurnFiles;
import offload.json.JsonFault;
import offload.turn.AnswerAssembler;
import offload.turn.StatusParts;
import offload.turn.StatusText;
import offload.turn.TurnPath;
import offload.turn.TurnProgress;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a turn's status is, wherever it runs: from memory where it runs here, from its file where it is final,
 * and else from its file and what its event log holds by now. Any thread.
 */
public final class Statuses {
    private static final int MOST_LOOKS = 50;
    private static final long LOOK_NANOS = 1_000_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final DataFolder data;
    private final RunningTurns turns;

    Statuses(DataFolder data, RunningTurns turns) {
        this.data = data;
        this.turns = turns;
    }

    /**
     * A status.
     *
     * @param json the document
     * @param isFinal whether it is the final one, and so the file's content
     */
    public record View(byte[] json, boolean isFinal) {}

    /** The status of the turn at {@code path}; null where there is no turn. */
    public @Nullable View find(TurnPath path) throws IOException {
        RunningTurn running = turns.find(path);
        if (running != null) {
            byte[] status = running.status();
            awaitPublished(running);
            // Else it became final meanwhile, and the file says how.
            if (turns.find(path) == running) {
                return new View(status, false);
            }
        }
        TurnFiles files = data.files(path);
        byte[] status = StatusFile.read(files.status());
        if (status == null) {
            return null;
        }
        return StatusText.isFinal(status) ? new View(status, true) : new View(refreshed(files, status), false);
    }

    /** The same, but waits up to {@code millis} for the final one. */
    public @Nullable View await(TurnPath path, long millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        View view = find(path);
        while (view != null && !view.isFinal() && System.nanoTime() < end && !turns.isSettled()) {
            RunningTurn running = turns.find(path);
            if (running != null) {
                awaitHere(path, running, end);
            } else {
                awaitElsewhere(data.files(path).status(), end);
            }
            view = find(path);
        }
        return view;
    }

    /** Waits a moment until readers may have all that the answer has: who goes on where a status ends must find it. */
    private static void awaitPublished(RunningTurn turn) {
        long end = turn.answerEnd();
        for (int look = 0;
                look < MOST_LOOKS && turn.log().published() < end && !turn.log().hasEnded();
                look++) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Looks each second whether there is something to wait for; who waits needs no status before the last one. */
    private void awaitHere(TurnPath path, RunningTurn running, long end) throws InterruptedException {
        boolean over = false;
        while (!over) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            over = left <= 0
                    || running.awaitFinal(Math.min(1000, left + 1))
                    || turns.isSettled()
                    || turns.find(path) != running;
        }
    }

    /** Looks at the file's beginning only: putting the answer so far together reads the whole log, once is enough. */
    private void awaitElsewhere(Path status, long end) throws IOException {
        while (System.nanoTime() < end && !turns.isSettled() && !isFinalOrGone(status)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean isFinalOrGone(Path status) throws IOException {
        try {
            return StatusFile.isFinal(status);
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static byte[] refreshed(TurnFiles files, byte[] status) throws IOException {
        try {
            StatusParts parts = StatusParts.parse(status);
            AnswerAssembler answer = new AnswerAssembler();
            EventLogScan scan =
                    EventLogScan.of(files.events(), (chunk, from, length) -> add(answer, chunk, from, length));
            TurnState state = scan.offset() == 0 ? new TurnState.Waiting() : new TurnState.Streaming();
            return StatusText.render(
                    parts.document(),
                    new TurnProgress(state, parts.times(), parts.response(), answer.body(), scan.offset(), null));
        } catch (NoSuchFileException e) {
            return status;
        } catch (JsonFault e) {
            throw new IOException("the status file " + files.status() + " is damaged: " + e.getMessage());
        }
    }

    private static void add(AnswerAssembler answer, byte[] chunk, int from, int length) throws IOException {
        try {
            answer.add(chunk, from, length);
        } catch (JsonFault e) {
            throw new IOException("an event log holds a record that is no JSON: " + e.getMessage());
        }
    }

    /** When the final status was written, milliseconds since the epoch. */
    public long lastModified(TurnPath path) throws IOException {
        return Files.getLastModifiedTime(data.files(path).status()).toMillis();
    }
}
