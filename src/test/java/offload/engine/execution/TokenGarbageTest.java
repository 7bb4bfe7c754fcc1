package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.answer.AnswerAssembler;
import offload.disk.DeviceSync;
import offload.eventlog.EventLog;
import offload.eventlog.RecordBatch;
import offload.json.JsonFault;
import offload.sse.SseDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a token costs in memory from the decoder to the event log, the answer's own text included. A count, so that a
 * busy machine does not move it.
 */
class TokenGarbageTest {
    private static final int FEW = 100;
    private static final int SHORT = 2_000;
    private static final int LONG = 100_000;
    private static final int MOST_BYTES_PER_TOKEN = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AnswerAssembler answer = new AnswerAssembler();
    private final RecordBatch batch = new RecordBatch();
    private int count;

    @TempDir
    Path folder;

    @Test
    void a_token_leaves_little_garbage_however_long_the_turn() throws IOException {
        byte[] token = token();
        try (EventLog log = new EventLog(Files.createFile(folder.resolve("log")), new DeviceSync(folder))) {
            SseDecoder decoder = new SseDecoder((type, buffer, offset, length) -> taken(log, buffer, offset, length));
            feed(decoder, token, FEW);
            double early = bytesPerToken(decoder, token, SHORT);
            feed(decoder, token, LONG - 2 * SHORT - FEW);
            double late = bytesPerToken(decoder, token, SHORT);
            assertEquals(LONG, count);
            assertEquals(log.position(), Files.size(log.file()));
            assertTrue(early <= MOST_BYTES_PER_TOKEN, early + " bytes for a token of a short turn");
            assertTrue(late <= MOST_BYTES_PER_TOKEN, late + " bytes for a token of a long turn");
        }
    }

    private boolean taken(EventLog log, byte[] buffer, int offset, int length) throws IOException {
        batch.begin(log.position());
        try {
            assertEquals(AnswerAssembler.Kind.CHOICES, answer.add(buffer, offset, length));
        } catch (JsonFault e) {
            throw new IOException(e);
        }
        batch.add(buffer, offset, length);
        log.append(batch);
        log.publish(batch);
        count++;
        return true;
    }

    private double bytesPerToken(SseDecoder decoder, byte[] token, int tokens) throws IOException {
        long before = threads.getCurrentThreadAllocatedBytes();
        feed(decoder, token, tokens);
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / tokens;
    }

    private static void feed(SseDecoder decoder, byte[] token, int tokens) throws IOException {
        for (int i = 0; i < tokens; i++) {
            decoder.feed(token, 0, token.length);
        }
    }

    private static byte[] token() {
        return ("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                        + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}]}\n\n")
                .getBytes(UTF_8);
    }
}
