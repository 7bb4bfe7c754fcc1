package offload.upstream.openai.body;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import offload.sse.SseDecoder;
import offload.sse.SseLimitException;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;

/** A body that is an event stream. {@code [DONE]} ends it at once. */
final class EventBody implements BodyTaker {
    static final String CUT = "The upstream closed the connection in the middle of its answer.";

    private static final byte[] LAST = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final ChatSink sink;
    private final SseDecoder decoder = new SseDecoder(this::event);
    private boolean done;

    EventBody(ChatSink sink) {
        this.sink = sink;
    }

    @Override
    public boolean take(byte[] buffer, int from, int to) throws IOException {
        try {
            return decoder.feed(buffer, from, to - from);
        } catch (SseLimitException e) {
            throw EndOfCall.invalid("The upstream's answer is too large: " + e.getMessage() + ".");
        }
    }

    private boolean event(String type, byte[] buffer, int offset, int length) throws IOException {
        int from = offset;
        int to = offset + length;
        while (from < to && buffer[from] <= ' ' && buffer[from] >= 0) {
            from++;
        }
        while (from < to && buffer[to - 1] <= ' ' && buffer[to - 1] >= 0) {
            to--;
        }
        if (Arrays.equals(buffer, from, to, LAST, 0, LAST.length)) {
            done = true;
            return false;
        }
        if (from < to) {
            sink.event(type, buffer, offset, length);
        }
        return true;
    }

    @Override
    public ChatEnd end(boolean whole) {
        if (done) {
            return new ChatEnd.Done();
        }
        return whole ? new ChatEnd.Ended() : new ChatEnd.Truncated(CUT);
    }
}
