package offload.upstream.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import offload.sweep.Sweeper;
import offload.testing.ScriptedUpstream;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;
import org.junit.jupiter.api.Test;

/** What a token costs in memory, between the socket and the sink. A count, so that a busy machine does not move it. */
class GarbageTest {
    private static final int TOKENS = 20_000;
    private static final int TOGETHER = 20;
    private static final int BYTES_PER_TOKEN = 4;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long first;
    private long last;
    private int count;

    /** Notes what the thread had allocated at the hundredth token, when all is set up, and at the last. */
    private final class Counting implements ChatSink {
        @Override
        public void head(ResponseHead head) {}

        @Override
        public void event(String type, byte[] buffer, int offset, int length) {
            count++;
            if (count == 100) {
                first = threads.getCurrentThreadAllocatedBytes();
            } else if (count == TOKENS) {
                last = threads.getCurrentThreadAllocatedBytes();
            }
        }

        @Override
        public void append() {}

        @Override
        public void publish() {}
    }

    @Test
    void a_token_leaves_no_garbage() throws Exception {
        byte[] token = ("108\r\ndata: {\"id\":\"" + "x".repeat(247) + "\"}\n\n\r\n").getBytes(US_ASCII);
        assertEquals(5 + 0x108 + 2, token.length);
        ByteBuffer all = ByteBuffer.allocate(TOGETHER * token.length);
        while (all.hasRemaining()) {
            all.put(token);
        }
        byte[] together = all.array();
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Sweeper sweeper = new Sweeper();
                OpenAiUpstream client = new OpenAiUpstream(new OpenAiSettings(null, OpenAiSettings.SPARES), sweeper)) {
            upstream.then(c -> {
                c.request();
                c.chunkedEventStreamHead();
                // Together, as a selector leaves some bytes for each time that it finds something.
                for (int i = 0; i < TOKENS; i += TOGETHER) {
                    c.send(together);
                }
                c.chunk("data: [DONE]\n\n");
            });
            // The thread of the test is a platform thread: only of those the JDK counts allocations.
            assertEquals(new ChatEnd.Done(), run(client, upstream));
        }
        assertEquals(TOKENS, count);
        long perToken = (last - first) / (TOKENS - 100);
        assertTrue(perToken <= BYTES_PER_TOKEN, perToken + " bytes of garbage for each token");
    }

    private ChatEnd run(OpenAiUpstream client, ScriptedUpstream upstream) throws IOException {
        return client.run(Caller.call(upstream.base(), true), new Counting());
    }
}
