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
import offload.eventlog.RecordBatch;
import offload.json.JsonFault;
import offload.sse.SseDecoder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One token through each piece of its path: decoder, assembler, framing, append. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenPathBench {
    private static final int START_ANEW = 100_000;

    /** What the token is: plain text, which is not parsed, or a piece of a tool call, which is. */
    @Param({"plain", "tool"})
    public String kind = "plain";

    private byte[] event = new byte[0];
    private byte[] chunk = new byte[0];
    private int taken;
    private int added;
    private SseDecoder decoder = decoder();
    private AnswerAssembler answer = new AnswerAssembler();
    private final RecordBatch batch = new RecordBatch();
    private @Nullable Path file;
    private @Nullable EventLog log;

    /** A log in the temporary folder, and the token. */
    @Setup(Level.Iteration)
    public void begin() throws IOException {
        String delta = kind.equals("plain")
                ? "{\"content\":\" word\"}"
                : "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\" word\"}}]}";
        chunk =
                ("{\"id\":\"chatcmpl-123456789012345678901234\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                                + "\"model\":\"gpt-4o-mini\",\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":[{\"index\":0,\"delta\":"
                                + delta + ",\"logprobs\":null,\"finish_reason\":null}]}")
                        .getBytes(UTF_8);
        event = ("data: " + new String(chunk, UTF_8) + "\n\n").getBytes(UTF_8);
        decoder = decoder();
        answer = new AnswerAssembler();
        file = Files.createTempFile("offload-micro", ".txt");
        log = new EventLog(file, new DeviceSync(file));
    }

    private SseDecoder decoder() {
        return new SseDecoder((type, buffer, offset, length) -> {
            taken += length;
            return true;
        });
    }

    /** Removes the log. */
    @TearDown(Level.Iteration)
    public void end() throws IOException {
        Objects.requireNonNull(log).close();
        Files.deleteIfExists(Objects.requireNonNull(file));
    }

    /** Bytes of the upstream to an event. */
    @Benchmark
    public int decode() throws IOException {
        decoder.feed(event, 0, event.length);
        return taken;
    }

    /** An event looked at, and its text added to the answer so far. */
    @Benchmark
    public AnswerAssembler.Kind assemble() throws JsonFault {
        if (++added % START_ANEW == 0) {
            answer = new AnswerAssembler();
        }
        return answer.add(chunk, 0, chunk.length);
    }

    /** An event to a record. */
    @Benchmark
    public int frame() {
        batch.begin(123_456);
        batch.add(chunk, 0, chunk.length);
        return batch.length();
    }

    /** A record to the file, and its sum. */
    @Benchmark
    public long append() throws IOException {
        EventLog to = Objects.requireNonNull(log);
        batch.begin(to.position());
        batch.add(chunk, 0, chunk.length);
        to.append(batch);
        to.publish(batch);
        return to.position();
    }
}
