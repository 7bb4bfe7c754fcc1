package offload.sse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes an event stream after the WHATWG algorithm ("9.2.6 Interpreting an event stream" of the HTML standard), fed with
 * the bytes as they arrive, split anywhere. Lines end in CR, LF or CRLF; one byte order mark at the start is skipped; comments
 * and unknown fields are ignored, and so are {@code id} and {@code retry}, since no upstream's stream is ever resumed; an event
 * that the stream leaves unfinished is never given.
 *
 * <p>It differs in two points, both for an event log with one line for each event: the lines of a multi-line event are joined by
 * a SPACE in place of LF (in JSON, for which this is made, both are white space between tokens), and a line longer than
 * {@value #MAX_LINE} bytes or an event longer than {@value #MAX_EVENT} is a {@link SseLimitException}. In a third for the sake
 * of many llama.cpp servers, which say {@code error: {...}} and then {@code data: [DONE]}: a field of this name is the data of an
 * event of this type. In a fourth for the sake of gateways that pack the comments of their upstream into data, as
 * {@code data: : keep-alive}: data that would begin with a colon, as no JSON does, is a comment. And JSON that stands among the
 * lines as it is, as OpenAI's own servers have told of errors in mid-stream, is no event, but kept: {@link #bareJson()}.
 *
 * <p>An event whose one {@code data} line is whole inside the bytes of one {@link #feed} is given in place: nothing is copied and
 * nothing allocated. One thread at a time.
 */
public final class SseDecoder {
    /** The longest line, in bytes without its end. */
    public static final int MAX_LINE = 1 << 20;

    /** The longest data of one event, in bytes. */
    public static final int MAX_EVENT = 4 << 20;

    private static final String MESSAGE = "message";
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = ascii("data");
    private static final String ERROR_TYPE = "error";
    private static final byte[] ERROR = ascii(ERROR_TYPE);
    private static final byte[] EVENT = ascii("event");

    private final SseListener listener;
    private final Held line = new Held(MAX_LINE, "a line of the event stream is longer than 1 MiB");
    private final EventData data = new EventData();
    private final BareJson bare = new BareJson();
    private String type = "";
    private int mark;
    private boolean afterCr;

    /** Gives what it finds to {@code listener}, during {@link #feed}. */
    public SseDecoder(SseListener listener) {
        this.listener = listener;
    }

    /**
     * Takes the next bytes of the stream; they are the caller's again when this returns.
     *
     * @return false if the listener wants no more; feed nothing after that
     * @throws SseLimitException if a line or an event is too long
     * @throws IOException what the listener threw
     */
    public boolean feed(byte[] buffer, int offset, int length) throws IOException {
        int end = offset + length;
        int at = skipMark(buffer, offset, end);
        while (at < end) {
            if (afterCr) {
                afterCr = false;
                if (buffer[at] == '\n') {
                    at++;
                    continue;
                }
            }
            int lineEnd = ByteScan.lineEnd(buffer, at, end);
            if (lineEnd == end) {
                data.keep();
                line.add(buffer, at, end);
                return true;
            }
            afterCr = buffer[lineEnd] == '\r';
            if (!endLine(buffer, at, lineEnd)) {
                return false;
            }
            at = lineEnd + 1;
        }
        data.keep();
        return true;
    }

    private int skipMark(byte[] buffer, int from, int end) throws SseLimitException {
        int at = from;
        while (mark < BYTE_ORDER_MARK.length && at < end) {
            if (buffer[at] != BYTE_ORDER_MARK[mark]) {
                line.add(BYTE_ORDER_MARK, 0, mark);
                mark = BYTE_ORDER_MARK.length;
                return at;
            }
            mark++;
            at++;
        }
        return at;
    }

    private boolean endLine(byte[] buffer, int from, int to) throws IOException {
        if (line.length() == 0) {
            line.require(to - from);
            return takeLine(buffer, from, to);
        }
        line.add(buffer, from, to);
        byte[] whole = line.bytes();
        int length = line.length();
        // Its bytes stay as they are until the next unfinished line, before which the data is kept.
        line.clear();
        return takeLine(whole, 0, length);
    }

    private boolean takeLine(byte[] bytes, int from, int to) throws IOException {
        if (from == to) {
            return dispatch();
        }
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        if (colon > from) {
            int value = Math.min(colon + 1, to);
            boolean isKnown = takeField(bytes, from, colon, value < to && bytes[value] == ' ' ? value + 1 : value, to);
            if (!isKnown) {
                bare.line(bytes, from, to);
            }
        }
        return true;
    }

    private boolean takeField(byte[] bytes, int name, int nameEnd, int value, int end) throws SseLimitException {
        if (is(DATA, bytes, name, nameEnd)) {
            boolean isComment = value < end && bytes[value] == ':' && !data.isPresent();
            if (!isComment) {
                data.line(bytes, value, end);
            }
        } else if (is(EVENT, bytes, name, nameEnd)) {
            type = new String(bytes, value, end - value, StandardCharsets.UTF_8);
        } else if (is(ERROR, bytes, name, nameEnd)) {
            type = ERROR_TYPE;
            data.line(bytes, value, end);
        } else {
            return false;
        }
        return true;
    }

    /**
     * The last JSON that stood in the stream as it is, from a brace that began a line to the next empty one, its lines joined by a
     * SPACE; empty where none did, or where it is longer than 64 KiB. It is valid UTF-8; whether it is JSON in truth is left to the
     * caller. To be asked at the stream's end, as its last line counts although it is unfinished; feed nothing after that.
     */
    public byte[] bareJson() throws IOException {
        if (line.length() > 0) {
            endLine(line.bytes(), 0, 0);
        }
        return bare.bytes();
    }

    private boolean dispatch() throws IOException {
        bare.close();
        boolean more = !data.isPresent() || data.give(type.isEmpty() ? MESSAGE : type, listener);
        data.clear();
        type = "";
        return more;
    }

    private static boolean is(byte[] name, byte[] bytes, int from, int to) {
        return Arrays.equals(name, 0, name.length, bytes, from, to);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
