package offload.upstream.openai.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import offload.sse.SseDecoder;
import offload.upstream.ChatEnd;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is not 2xx, as much of it as anybody needs to see: many servers say the whole request again in
 * their errors, and their JSON tells its reason only if it is whole. One thread.
 */
public final class RejectedBody implements BodyTaker {
    private static final int LIMIT = 64 * 1024;

    private final int status;
    private final AnswerKind declared;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean cut;

    /** @param contentType what the head says that it is; null where it says nothing */
    public RejectedBody(int status, @Nullable String contentType) {
        this.status = status;
        declared = AnswerKind.declared(contentType);
    }

    @Override
    public boolean take(byte[] buffer, int from, int to) {
        kept.write(buffer, from, Math.min(to - from, LIMIT - kept.size()));
        cut = kept.size() == LIMIT;
        return !cut;
    }

    @Override
    public ChatEnd end(boolean whole) throws IOException {
        byte[] body = ByteOrderMark.skippedIn(kept.toByteArray());
        boolean isEvents = AnswerKind.of(declared, body, 0, body.length) == AnswerKind.EVENTS;
        return new ChatEnd.Rejected(status, isEvents ? said(body) : body, whole && !cut);
    }

    /** Who was asked for a stream may refuse with one, of an event that has no end: what it says is the event's data. */
    private byte[] said(byte[] events) throws IOException {
        byte[] ended = Arrays.copyOf(events, events.length + 2);
        Arrays.fill(ended, events.length, ended.length, (byte) '\n');
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        new SseDecoder((type, buffer, from, length) -> {
                    data.write(buffer, from, length);
                    return length == 0;
                })
                .feed(ended, 0, ended.length);
        byte[] first = data.toByteArray();
        // Plain text may begin with a word that is a field's name, too: "error: no such model".
        boolean isMeant = first.length > 0 && (declared == AnswerKind.EVENTS || first[0] == '{');
        return isMeant ? first : events;
    }
}
