package offload.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import offload.answer.AnswerAssembler;
import offload.disk.DeviceSync;
import offload.eventlog.EventLog;
import offload.eventlog.EventLogScan;
import offload.eventlog.RecordBatch;
import offload.json.JsonFault;
import offload.turn.RequestLimits;
import offload.turn.SubmissionBody;
import offload.turn.TurnKind;
import offload.turn.TurnRequest;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What is done once for a turn: its request read, a log of 500 events read back, the answer written out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WholeBench {
    private static final int EVENTS = 500;
    private static final byte[] CHUNK = ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                    + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}]}")
            .getBytes(UTF_8);

    private final byte[] request = ("{\"messages\":["
                    + "{\"role\":\"user\",\"content\":\"Tell me about tides.\"},".repeat(19)
                    + "{\"role\":\"user\",\"content\":\"And the moon?\"}],\"model\":\"gpt-4o-mini\",\"temperature\":0.7,"
                    + "\"access\":\"private\",\"timeout\":60,\"conversation_id\":\"c-1\"}")
            .getBytes(UTF_8);

    private final AnswerAssembler answer = new AnswerAssembler();
    private @Nullable Path file;

    /** A finished log. */
    @Setup
    public void write() throws IOException, JsonFault {
        Path log = Files.createTempFile("offload-micro", ".txt");
        file = log;
        RecordBatch batch = new RecordBatch();
        for (int i = 0; i < EVENTS; i++) {
            batch.add(CHUNK, 0, CHUNK.length);
            answer.add(CHUNK, 0, CHUNK.length);
        }
        batch.add("[DONE]".getBytes(UTF_8), 0, "[DONE]".length());
        try (EventLog to = new EventLog(log, new DeviceSync(log))) {
            to.append(batch);
        }
    }

    /** Removes it. */
    @TearDown
    public void remove() throws IOException {
        Files.deleteIfExists(Objects.requireNonNull(file));
    }

    /** A submission of twenty messages. */
    @Benchmark
    public TurnRequest parseRequest() {
        return SubmissionBody.parse(TurnKind.STREAM, request, new RequestLimits("gpt-3.5-turbo", 90, 90));
    }

    /** As recovery does it, and another node that is asked for the status. */
    @Benchmark
    public long scanLog() throws IOException {
        AnswerAssembler again = new AnswerAssembler();
        EventLogScan scan = EventLogScan.of(Objects.requireNonNull(file), (data, from, length) -> {
            try {
                again.add(data, from, length);
            } catch (JsonFault e) {
                throw new IOException(e);
            }
        });
        return scan.offset();
    }

    /** The answer so far as a status shows it. */
    @Benchmark
    public int writeAnswer() {
        return Objects.requireNonNull(answer.body()).length();
    }
}
