package offload.engine.execution;

import java.io.IOException;
import java.nio.file.Path;
import offload.answer.AnswerAssembler;
import offload.eventlog.EventLogScan;
import offload.json.JsonFault;

/**
 * The answer as an event log has it: what a turn's status tells, wherever the turn runs or ran.
 *
 * @param answer put together from the log's records
 * @param offset where the last whole record ends
 */
public record LoggedAnswer(AnswerAssembler answer, long offset) {

    /** Reads the whole log. */
    public static LoggedAnswer of(Path events) throws IOException {
        AnswerAssembler answer = new AnswerAssembler();
        EventLogScan scan = EventLogScan.of(events, (chunk, from, length) -> add(answer, chunk, from, length));
        return new LoggedAnswer(answer, scan.offset());
    }

    private static void add(AnswerAssembler answer, byte[] chunk, int from, int length) throws IOException {
        try {
            answer.add(chunk, from, length);
        } catch (JsonFault e) {
            throw new IOException("an event log holds a record that is no JSON: " + e.getMessage());
        }
    }
}
