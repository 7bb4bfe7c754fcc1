package offload.engine.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.eventlog.EventLog;
import offload.eventlog.RecordBatch;
import offload.files.DataFolder;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.files.StatusWriter;
import offload.files.TurnClaim;
import offload.files.TurnFiles;
import offload.json.JsonSource;
import offload.status.StatusDocument;
import offload.turn.Access;
import offload.turn.TurnKind;
import offload.turn.TurnPath;

/** A turn that runs as far as its server knows, with an empty log and a status that streams, and without a thread. */
public record OpenTurn(DataFolder data, NodeFolder node, RunningTurns turns, RunningTurn turn)
        implements AutoCloseable {

    /** In a new data folder in {@code folder}. */
    public static OpenTurn in(Path folder) throws IOException {
        return in(folder, TurnKind.STREAM);
    }

    /** The same of this {@code kind}. */
    static OpenTurn in(Path folder, TurnKind kind) throws IOException {
        DataFolder data = new DataFolder(folder);
        TurnPath path = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");
        data.makeFolder(path);
        TurnFiles files = data.files(path);
        Files.createFile(files.events());
        Files.writeString(files.status(), "{\"status\":\"streaming\"}");
        NodeFolder node = NodeFolder.create(data);
        EventLog log = new EventLog(files.events(), data.device());
        StatusDocument document =
                new StatusDocument(kind, path.second(), "t", "t.json", null, "{}", JsonSource.of("{\"messages\":[]}"));
        RunningTurns turns = new RunningTurns(10, new FreeSpace(data, node, 0));
        RunningTurn turn = new RunningTurn(
                new TurnClaim(path, log, new StatusWriter(node, files.status())), files, document, 90_000, false);
        turns.add(turn);
        return new OpenTurn(data, node, turns, turn);
    }

    public TurnPath path() {
        return turn.path();
    }

    public TurnFiles files() {
        return turn.files();
    }

    /** Its log has its terminal record, which nobody was shown yet. */
    public void endLog() throws IOException {
        RecordBatch end = new RecordBatch();
        end.begin(0);
        LastRecords.addDone(end);
        turn.log().appendLast(end);
    }

    /** It does not run here any more. */
    public void leave() {
        turns.remove(turn);
        turn.finish();
    }

    @Override
    public void close() throws IOException {
        turn.log().close();
        node.close();
    }
}
