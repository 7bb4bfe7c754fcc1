package offload.upstream.openai.body;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a 2xx body is. The first bytes decide where they are clear, as servers and proxies name the wrong type often enough; the
 * declared type where they are not.
 */
enum AnswerKind {
    EVENTS,
    JSON,
    PAGE,
    UNKNOWN;

    private static final List<byte[]> FIELDS =
            List.of(ascii("data:"), ascii("event:"), ascii("id:"), ascii("retry:"), ascii("error:"));
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** The kind that a Content-Type declares; parameters and case do not matter. */
    static AnswerKind declared(@Nullable String contentType) {
        String type = contentType == null
                ? ""
                : contentType.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("text/event-stream")) {
            return EVENTS;
        }
        return type.equals("application/json") || type.endsWith("+json") || type.equals("text/json") ? JSON : UNKNOWN;
    }

    /** The kind of a body that begins with these bytes; null where more are needed to tell. */
    static @Nullable AnswerKind of(AnswerKind declared, byte[] bytes, int offset, int end) {
        int from = offset;
        boolean marked = startsWith(BYTE_ORDER_MARK, bytes, from, end);
        if (!marked && isBeginning(BYTE_ORDER_MARK, bytes, from, end)) {
            return null;
        }
        from += marked ? BYTE_ORDER_MARK.length : 0;
        while (from < end && isBlank(bytes[from], declared)) {
            from++;
        }
        return from == end ? null : byFirst(declared, bytes, from, end);
    }

    private static @Nullable AnswerKind byFirst(AnswerKind declared, byte[] bytes, int from, int end) {
        return switch (bytes[from]) {
            case '{' -> JSON;
            case '<' -> PAGE;
            case ':' -> EVENTS;
            default -> declared == EVENTS ? EVENTS : byField(declared, bytes, from, end);
        };
    }

    private static @Nullable AnswerKind byField(AnswerKind declared, byte[] bytes, int from, int end) {
        boolean open = false;
        for (byte[] field : FIELDS) {
            if (startsWith(field, bytes, from, end)) {
                return EVENTS;
            }
            open |= isBeginning(field, bytes, from, end);
        }
        return open ? null : declared;
    }

    /** In an event stream a space at the start of a line has a meaning. */
    private static boolean isBlank(byte b, AnswerKind declared) {
        return b == '\n' || b == '\r' || declared != EVENTS && (b == ' ' || b == '\t');
    }

    private static boolean startsWith(byte[] start, byte[] bytes, int from, int end) {
        return end - from >= start.length && Arrays.equals(start, 0, start.length, bytes, from, from + start.length);
    }

    private static boolean isBeginning(byte[] start, byte[] bytes, int from, int end) {
        int length = end - from;
        return length < start.length && Arrays.equals(start, 0, length, bytes, from, end);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
