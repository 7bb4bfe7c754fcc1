package offload.engine;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import offload.files.EventLogRepair;
import offload.files.EventLogScan;
import offload.files.NodeFolder;
import offload.files.RecordBatch;
import offload.files.StatusFile;
import offload.files.TurnFiles;
import offload.json.Json;
import offload.json.JsonFault;
import offload.turn.AnswerAssembler;
import offload.turn.StatusParts;
import offload.turn.StatusText;
import offload.turn.TurnError;
import offload.turn.TurnProgress;
import offload.turn.TurnState;
import offload.turn.TurnTimes;
import org.jspecify.annotations.Nullable;

/**
 * One turn whose server is gone: what it would have written at its end is derived from its log and written now. What the
 * log proves counts: an error, all choices finished, a stop file; else the turn was interrupted. For one thread.
 */
final class LeftTurn {
    private final TurnFiles files;
    private final NodeFolder node;
    private final LastWrites lastWrites;
    private final AnswerAssembler answer = new AnswerAssembler();
    private @Nullable TurnError loggedError;

    LeftTurn(TurnFiles files, NodeFolder node, LastWrites lastWrites) {
        this.files = files;
        this.node = node;
        this.lastWrites = lastWrites;
    }

    /** Ends the log and writes the final status in place of {@code status}. */
    void finish(byte[] status) throws IOException {
        StatusParts parts;
        try {
            parts = StatusParts.parse(status);
        } catch (JsonFault e) {
            throw new IOException("the status is damaged: " + e.getMessage());
        }
        EventLogScan scan = scan();
        TurnState state = state(scan, parts.choices());
        if (!scan.isDone()) {
            EventLogRepair.rewrite(files.events(), node.draft(), scan.offset(), end(scan, state));
            scan = EventLogScan.of(files.events(), (data, from, length) -> {});
        }
        byte[] body = answer.body();
        lastWrites.writeRaw(parts.document().kind(), state, body, files.raw());
        long lastEvent = Files.getLastModifiedTime(files.events()).toMillis();
        TurnTimes times = new TurnTimes(
                parts.times().requestAt(), parts.times().firstByteAt(), lastEvent, System.currentTimeMillis());
        TurnProgress progress = new TurnProgress(state, times, parts.response(), body, scan.offset(), scan.sha256());
        Path draft = node.draft();
        StatusFile.replace(draft, files.status(), StatusText.render(parts.document(), progress), true);
    }

    private EventLogScan scan() throws IOException {
        try {
            return EventLogScan.of(files.events(), this::take);
        } catch (NoSuchFileException e) {
            Files.createFile(files.events());
            return EventLogScan.of(files.events(), this::take);
        }
    }

    private void take(byte[] data, int from, int length) throws IOException {
        try {
            if (answer.add(data, from, length) == AnswerAssembler.Kind.ERROR) {
                loggedError = errorOf(data, from, length);
            }
        } catch (JsonFault e) {
            throw new IOException("the event log holds a record that is no JSON: " + e.getMessage());
        }
    }

    private static TurnError errorOf(byte[] data, int from, int length) throws JsonFault {
        JsonObject error = ((JsonObject) Json.value(data, from, length)).getJsonObject("error");
        return new TurnError(
                error.getString("code", TurnError.UPSTREAM_ERROR),
                error.getString("message", ""),
                error.getString("type", "upstream_error"),
                true,
                null);
    }

    private TurnState state(EventLogScan scan, int choices) {
        if (loggedError != null) {
            return new TurnState.Failed(loggedError);
        }
        if (Files.exists(files.stop())) {
            return new TurnState.Cancelled();
        }
        return scan.isDone() || answer.isFinished(choices) ? answer.finished() : LastWrites.INTERRUPTED;
    }

    private RecordBatch end(EventLogScan scan, TurnState state) {
        RecordBatch batch = new RecordBatch();
        batch.begin(scan.offset());
        LastWrites.addEnd(batch, loggedError == null ? state : new TurnState.Completed());
        return batch;
    }
}
