package offload.engine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offload.engine.execution.LoggedAnswer;
import offload.engine.execution.RunningTurn;
import offload.engine.execution.RunningTurns;
import offload.files.DataFolder;
import offload.files.StatusFile;
import offload.files.TurnFiles;
import offload.files.WholeFile;
import offload.json.JsonFault;
import offload.json.JsonSource;
import offload.status.StatusParts;
import offload.status.StatusText;
import offload.status.TurnProgress;
import offload.turn.ApiError;
import offload.turn.TurnPath;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a turn's status is, wherever it runs: from memory where it runs here, from its file where it is final,
 * and else from its file and what its event log holds by now. Any thread.
 */
public final class Statuses {
    /** How much memory a status takes while it is taken apart, for each of its bytes. */
    private static final long TAKEN_APART = 8;

    private static final int MOST_LOOKS = 50;
    private static final long LOOK_NANOS = 1_000_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final DataFolder data;
    private final RunningTurns turns;
    private final DocumentMemory memory;
    private final Orphans orphans;

    Statuses(DataFolder data, RunningTurns turns, DocumentMemory memory, Orphans orphans) {
        this.data = data;
        this.turns = turns;
        this.memory = memory;
        this.orphans = orphans;
    }

    /** A status, to be closed once it is answered. */
    public sealed interface View extends AutoCloseable {
        @Override
        default void close() {}
    }

    /**
     * The status of a turn that runs.
     *
     * @param document the same for as long as this is open
     * @param hold the memory it takes
     */
    public record Running(JsonSource document, DocumentMemory.Hold hold) implements View {
        @Override
        public void close() {
            document.close();
            hold.close();
        }
    }

    /**
     * The status of a turn that is over.
     *
     * @param file has the document, which never changes again
     */
    public record Final(Path file) implements View {}

    /** The status of the turn at {@code path}; null where there is no turn. */
    public @Nullable View find(TurnPath path) throws IOException {
        RunningTurn running = turns.live(path);
        View view = running == null ? null : held(running.answer().size(), () -> here(path, running));
        if (view != null) {
            return view;
        }
        TurnFiles files = data.files(path);
        byte[] beginning = StatusFile.beginning(files.status());
        if (beginning != null && !StatusText.isFinal(beginning)) {
            orphans.asked(path);
            view = held(sizeElsewhere(files), () -> elsewhere(files));
            if (view != null) {
                return view;
            }
            beginning = StatusFile.beginning(files.status());
        }
        // What cannot be looked at is not gone: who is told so gives it up.
        return beginning == null ? null : new Final(files.status());
    }

    /** Puts the status of a turn that is not over together; null where it is. */
    private interface Rendering {
        @Nullable
        JsonSource run() throws IOException;
    }

    private @Nullable View held(long size, Rendering rendering) throws IOException {
        DocumentMemory.Hold hold = memory.hold(size, ApiError.TOO_MANY_CONNECTIONS);
        JsonSource document = null;
        try {
            document = rendering.run();
        } finally {
            if (document == null) {
                hold.close();
            }
        }
        if (document == null) {
            return null;
        }
        hold.shrink(document.inMemory());
        return new Running(document, hold);
    }

    private @Nullable JsonSource here(TurnPath path, RunningTurn running) throws IOException {
        try {
            JsonSource status = running.status().opened();
            awaitPublished(running);
            if (turns.live(path) == running) {
                return status;
            }
            // It became final meanwhile, and the file says how.
            status.close();
            return null;
        } catch (NoSuchFileException e) {
            // A long history goes from where it lay once the last status is there.
            return null;
        }
    }

    private static @Nullable JsonSource elsewhere(TurnFiles files) throws IOException {
        byte[] status = WholeFile.read(files.status());
        return status == null || StatusText.isFinal(status) ? null : refreshed(files, status);
    }

    /** An answer takes less than the log that it is read from, and what a status is taken apart into, more than its bytes. */
    private static long sizeElsewhere(TurnFiles files) {
        return TAKEN_APART * files.status().toFile().length()
                + files.events().toFile().length();
    }

    /** The same, but waits up to {@code millis} for the final one; what the turn is until then is not put together. */
    public @Nullable View await(TurnPath path, long millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        RunningTurn running = turns.find(path);
        if (running != null) {
            awaitHere(path, running, end);
        }
        Path status = data.files(path).status();
        if (!StatusFile.isFinalOrGone(status)) {
            orphans.asked(path);
        }
        awaitElsewhere(status, end);
        return find(path);
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

    /** Looks at the file's beginning only. */
    private void awaitElsewhere(Path status, long end) throws IOException {
        while (System.nanoTime() < end && !turns.isSettled() && !StatusFile.isFinalOrGone(status)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static JsonSource refreshed(TurnFiles files, byte[] status) throws IOException {
        try {
            StatusParts parts = StatusParts.parse(status);
            LoggedAnswer logged = LoggedAnswer.of(files.events());
            TurnState state = logged.offset() == 0 ? new TurnState.Waiting() : new TurnState.Streaming();
            return StatusText.render(
                    parts.document(),
                    new TurnProgress(
                            state,
                            parts.times(),
                            parts.response(),
                            logged.answer().body(),
                            logged.offset(),
                            null));
        } catch (NoSuchFileException e) {
            return JsonSource.of(status);
        } catch (JsonFault e) {
            throw new IOException("the status file " + files.status() + " is damaged: " + e.getMessage());
        }
    }
}
