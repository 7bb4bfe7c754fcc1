package offload.e2e;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@code EventSource} as in WebKit: what it has of an event when the connection breaks it keeps for the next connection. */
final class KeepingReader {
    private final List<String> heard = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();
    private byte[] line = new byte[0];
    private String type = "";
    private @Nullable String id;
    private @Nullable String lastId;

    /** What {@code onmessage} got. */
    List<String> heard() {
        return heard;
    }

    /** What it sends as {@code Last-Event-ID}; null before the first event. */
    @Nullable
    String lastId() {
        return lastId;
    }

    void feed(byte[] bytes) {
        String text = new String(line, StandardCharsets.ISO_8859_1) + new String(bytes, StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            take(utf8(text.substring(from, end)));
            from = end + 1;
        }
        line = text.substring(from).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private void take(String said) {
        if (said.isEmpty()) {
            dispatch();
        } else if (said.startsWith("data: ")) {
            data.append(said.substring(6)).append('\n');
        } else if (said.startsWith("id: ")) {
            id = said.substring(4);
        } else if (said.startsWith("event: ")) {
            type = said.substring(7);
        }
    }

    private void dispatch() {
        if (id != null) {
            lastId = id;
        }
        if (!data.isEmpty() && (type.isEmpty() || type.equals("message"))) {
            heard.add(data.substring(0, data.length() - 1));
        }
        data.setLength(0);
        type = "";
    }
}
