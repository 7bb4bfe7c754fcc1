package offload.engine.execution;

import offload.eventlog.EventFormat;
import offload.eventlog.RecordBatch;
import offload.json.JsonWriter;
import offload.turn.TurnError;
import offload.turn.TurnState;

/** The records that every log ends with: what went wrong, if something did, and {@code [DONE]}. Stateless. */
final class LastRecords {
    private LastRecords() {}

    /** Adds the last records of a log that ends in {@code state}. */
    static void add(RecordBatch batch, TurnState state) {
        if (state instanceof TurnState.Failed failed) {
            byte[] record = errorChunk(failed.error());
            batch.add(record, 0, record.length);
        }
        addDone(batch);
    }

    /** Adds the terminal record alone. */
    static void addDone(RecordBatch batch) {
        batch.add(EventFormat.DONE, 0, EventFormat.DONE.length);
    }

    private static byte[] errorChunk(TurnError error) {
        JsonWriter out = new JsonWriter().beginObject().name("error").beginObject();
        out.name("message").value(error.message()).name("type").value(error.type());
        return out.name("code").value(error.code()).endObject().endObject().toBytes();
    }
}
