package offload.upstream.openai.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of a 2xx answer. It finds out what it is and counts its bytes, decoded ones, against the limit of a turn. One thread.
 */
public final class AnswerBody implements BodyTaker {
    private static final long LIMIT = 64L << 20;
    private static final int ENOUGH_TO_TELL = 1024;

    private final AnswerKind declared;
    private final ChatSink sink;
    private final ByteArrayOutputStream undecided = new ByteArrayOutputStream(0);
    private @Nullable BodyTaker body;
    private long taken;

    /** @param contentType what the head says that it is; null where it says nothing. Events go to {@code sink}. */
    public AnswerBody(@Nullable String contentType, ChatSink sink) {
        declared = AnswerKind.declared(contentType);
        this.sink = sink;
    }

    @Override
    public boolean take(byte[] buffer, int from, int to) throws IOException {
        taken = limited(taken + to - from);
        BodyTaker known = body;
        return known != null ? known.take(buffer, from, to) : decide(buffer, from, to);
    }

    /** {@code bytes}, if an answer may have so many. */
    static long limited(long bytes) throws EndOfCall {
        if (bytes > LIMIT) {
            throw EndOfCall.invalid("The upstream's answer is too large: it is longer than 64 MiB.");
        }
        return bytes;
    }

    private boolean decide(byte[] buffer, int from, int to) throws IOException {
        if (undecided.size() == 0) {
            AnswerKind kind = AnswerKind.of(declared, buffer, from, to);
            if (kind != null) {
                return start(kind, buffer, from, to).take(buffer, from, to);
            }
        }
        undecided.write(buffer, from, to - from);
        byte[] sofar = undecided.toByteArray();
        AnswerKind kind = AnswerKind.of(declared, sofar, 0, sofar.length);
        if (kind == null && sofar.length > ENOUGH_TO_TELL) {
            kind = declared;
        }
        return kind == null || start(kind, sofar, 0, sofar.length).take(sofar, 0, sofar.length);
    }

    private BodyTaker start(AnswerKind kind, byte[] buffer, int from, int to) throws EndOfCall {
        BodyTaker started = switch (kind) {
            case EVENTS -> new EventBody(sink);
            case JSON -> new JsonBody();
            case PAGE ->
                throw EndOfCall.invalid("The upstream's answer is a web page, which is not an event stream:"
                        + " check upstream.url, the base URL of its API.");
            case UNKNOWN ->
                throw new EndOfCall(new ChatEnd.Invalid(
                        "The upstream's answer is not an event stream and not JSON.", beginning(buffer, from, to)));
        };
        body = started;
        return started;
    }

    @Override
    public ChatEnd end(boolean whole) throws IOException {
        BodyTaker known = body;
        if (known != null) {
            return known.end(whole);
        }
        if (declared == AnswerKind.EVENTS || !whole) {
            return new EventBody(sink).end(whole);
        }
        byte[] sofar = undecided.toByteArray();
        if (undecided.toString(StandardCharsets.US_ASCII).isBlank()) {
            return new ChatEnd.Invalid("The upstream's answer is empty, which is not an event stream.");
        }
        // A word that might have become a field's name.
        BodyTaker started = start(declared, sofar, 0, sofar.length);
        started.take(sofar, 0, sofar.length);
        return started.end(true);
    }

    /** What is kept of a body that is no answer: enough for a line of words. */
    static byte[] beginning(byte[] buffer, int from, int to) {
        return Arrays.copyOfRange(buffer, from, Math.min(to, from + ENOUGH_TO_TELL));
    }
}
