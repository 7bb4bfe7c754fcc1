package offload.upstream.openai.body;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import offload.json.JsonCursor;
import offload.json.JsonFault;
import offload.sse.SseDecoder;
import offload.sse.SseLimitException;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;

/** A body that is an event stream. {@code [DONE]} ends it at once; an error that stands in no event is told at its end. */
final class EventBody implements BodyTaker {
    static final String CUT = "The upstream closed the connection in the middle of its answer.";

    private static final byte[] LAST = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

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
    public ChatEnd end(boolean whole) throws IOException {
        byte[] bare = decoder.bareJson();
        if (isError(bare)) {
            sink.event("error", bare, 0, bare.length);
        }
        if (done) {
            return new ChatEnd.Done();
        }
        return whole ? new ChatEnd.Ended() : new ChatEnd.Truncated(CUT);
    }

    private static boolean isError(byte[] json) {
        boolean isError = false;
        JsonCursor cursor = new JsonCursor().reset(json, 0, json.length);
        try {
            cursor.beginObject();
            while (cursor.nextName()) {
                boolean isNamed = cursor.spanIs(ERROR);
                cursor.value();
                isError |= isNamed && !cursor.spanIs(NULL);
            }
            cursor.end();
            return isError;
        } catch (JsonFault e) {
            return false;
        }
    }
}
