package offload.engine.execution;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import offload.answer.AnswerAssembler;
import offload.answer.UpstreamErrors;
import offload.disk.Presence;
import offload.eventlog.EventLogRepair;
import offload.eventlog.EventLogScan;
import offload.eventlog.RecordBatch;
import offload.files.NodeFolder;
import offload.files.TurnFiles;
import offload.files.WholeFile;
import offload.json.JsonFault;
import offload.json.JsonSource;
import offload.status.StatusParts;
import offload.status.StatusText;
import offload.status.TurnProgress;
import offload.status.TurnTimes;
import offload.turn.TurnError;
import offload.turn.TurnPath;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * One turn whose server is gone, or could not write its end: what it would have written is derived from its log and
 * written now. What the log proves counts: an error, all choices finished, a stop file; else the turn was interrupted.
 * For one thread.
 */
final class LeftTurn {
    private static final Logger LOG = System.getLogger(LeftTurn.class.getName());

    private final TurnPath path;
    private final TurnFiles files;
    private final NodeFolder node;
    private final LastWrites lastWrites;
    private final AnswerAssembler answer = new AnswerAssembler();
    private @Nullable TurnError loggedError;

    LeftTurn(TurnPath path, TurnFiles files, NodeFolder node, LastWrites lastWrites) {
        this.path = path;
        this.files = files;
        this.node = node;
        this.lastWrites = lastWrites;
    }

    /** Ends the log and writes the final status. {@code known} is how the turn ended, where this process knows it. */
    void finish(StatusParts parts, @Nullable Unfinished known) throws IOException {
        EventLogScan scan = scan(parts);
        Unfinished.Seen seen = known == null ? null : known.seen();
        addBeside(seen);
        long lastEvent = Files.getLastModifiedTime(files.events()).toMillis();
        TurnState state = known == null ? proven(scan, parts.choices()) : known.state();
        if (loggedError != null && !(state instanceof TurnState.Failed)) {
            state = new TurnState.Failed(loggedError);
        }
        if (state instanceof TurnState.Cancelled) {
            // There was no room for it perhaps, and without it a crash from here on leaves what looks like the
            // upstream's own end.
            files.stop().toFile().createNewFile();
        }
        if (known != null || !scan.isDone()) {
            // A new file each time: what could not be forced to the device in the old one may be lost there.
            EventLogRepair.rewrite(files.events(), node.draft(), scan.answerEnd(), end(scan, state));
            scan = EventLogScan.of(files.events(), (data, from, length) -> {});
        }
        JsonSource body = answer.body();
        lastWrites.writeRaw(parts.document().kind(), state, body, files.raw());
        if (body == null) {
            body = known == null ? refusal(parts, state) : known.errorBody();
        }
        TurnProgress progress = new TurnProgress(
                state,
                times(seen == null ? parts.times() : seen.times(), lastEvent),
                seen == null ? parts.response() : seen.response(),
                body,
                scan.offset(),
                scan.sha256());
        JsonSource status = StatusText.render(parts.document(), progress);
        WholeFile.replace(node.draft(), files.status(), status, node.device());
        node.syncFileNames(path);
    }

    /** The upstream's own error, as the status of the running turn has it. */
    private static @Nullable JsonSource refusal(StatusParts parts, TurnState state) {
        boolean refused = state instanceof TurnState.Failed failed
                && !failed.error().code().equals(TurnError.INTERRUPTED);
        return refused ? JsonSource.of(parts.body()) : null;
    }

    /** The log lacks what no reader is to get, a usage above all. */
    private void addBeside(Unfinished.@Nullable Seen seen) throws IOException {
        if (seen == null || seen.beside() == null) {
            return;
        }
        byte[] chunk = seen.beside().bytes();
        try {
            answer.add(chunk, 0, chunk.length);
        } catch (JsonFault e) {
            throw new IOException(e);
        }
    }

    private static TurnTimes times(TurnTimes known, long lastEvent) {
        long start = known.requestAt();
        Long firstByte = known.firstByteAt();
        // The upstream may have answered and said nothing yet, and the log be as old as the turn.
        long last = Math.max(firstByte == null ? start : Math.max(start, firstByte), lastEvent);
        long finished = known.finishedAt() == null ? last : known.finishedAt();
        return new TurnTimes(start, firstByte, finished, Math.max(finished, System.currentTimeMillis()));
    }

    private EventLogScan scan(StatusParts parts) throws IOException {
        try {
            return EventLogScan.of(files.events(), (data, from, length) -> take(parts, data, from, length));
        } catch (NoSuchFileException e) {
            Files.createFile(files.events());
            return EventLogScan.of(files.events(), (data, from, length) -> {});
        }
    }

    private void take(StatusParts parts, byte[] data, int from, int length) {
        try {
            if (answer.add(data, from, length) == AnswerAssembler.Kind.ERROR) {
                loggedError = UpstreamErrors.logged(
                        data, from, length, parts.response().statusCode());
            }
        } catch (JsonFault | RuntimeException e) {
            LOG.log(Level.WARNING, path.relative() + " has a record that is no chunk: " + e.getMessage());
        }
    }

    private TurnState proven(EventLogScan scan, int choices) throws IOException {
        if (loggedError != null) {
            return new TurnState.Failed(loggedError);
        }
        if (Presence.of(files.stop())) {
            return new TurnState.Cancelled();
        }
        return scan.isDone() || answer.isFinished(choices) ? answer.finished() : LastWrites.INTERRUPTED;
    }

    private RecordBatch end(EventLogScan scan, TurnState state) {
        RecordBatch batch = new RecordBatch();
        batch.begin(scan.answerEnd());
        LastRecords.add(batch, loggedError == null ? state : new TurnState.Completed());
        return batch;
    }
}
