package offload.upstream.openai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Keeps what an upstream gave, and when it asked for a flush. Any thread may look. */
final class RecordingSink implements ChatSink {
    private final List<String> events = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<Integer> flushes = new ArrayList<>();
    private @Nullable ResponseHead head;

    @Override
    public synchronized void head(ResponseHead given) {
        if (head != null || !events.isEmpty()) {
            throw new IllegalStateException("a head where none may come");
        }
        head = given;
    }

    @Override
    public synchronized void event(String type, byte[] buffer, int offset, int length) {
        types.add(type);
        events.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void append() {
        flushes.add(events.size());
    }

    @Override
    public void publish() {}

    synchronized List<String> events() {
        return List.copyOf(events);
    }

    synchronized List<String> types() {
        return List.copyOf(types);
    }

    /** The number of events that had come at each flush. */
    synchronized List<Integer> flushes() {
        return List.copyOf(flushes);
    }

    synchronized ResponseHead head() {
        if (head == null) {
            throw new AssertionError("no head came");
        }
        return head;
    }

    synchronized boolean hasHead() {
        return head != null;
    }
}
