package offload.sse;

/**
 * JSON that stands in the stream as it is, in no event: the last line that begins with a brace, and the lines after it, up to an
 * empty one, that are no fields either. One thread at a time.
 */
final class BareJson {
    private static final int LIMIT = 64 * 1024;
    private static final byte[] JOINER = {' '};

    private final Held text = new Held(LIMIT, "the text is longer than 64 KiB");
    private boolean open;

    /** Takes a line that is no field. What grows beyond the limit is no message for anybody, and is let go of. */
    void line(byte[] bytes, int from, int to) throws SseLimitException {
        boolean begins = bytes[from] == '{';
        if (begins) {
            text.clear();
            open = true;
        }
        if (!open) {
            return;
        }
        if (to - from >= LIMIT - text.length()) {
            text.clear();
            open = false;
            return;
        }
        if (!begins) {
            text.add(JOINER, 0, 1);
        }
        text.add(bytes, from, to);
    }

    /** An empty line came: what follows is no part of it. */
    void close() {
        open = false;
    }

    /** A copy of it as valid UTF-8; empty where there is none. */
    byte[] bytes() {
        return Utf8Repair.repaired(text.bytes(), 0, text.length());
    }
}
