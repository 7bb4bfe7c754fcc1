package offload.json;

/**
 * A strict reader of JSON text (RFC 8259) in UTF-8, in place and in one pass: nothing is copied, and whatever is skipped
 * is checked as strictly as what is read. Nesting is limited, to {@value #MAX_DEPTH} unless said otherwise.
 *
 * <p>Walk an object with {@code beginObject()} and {@code while (nextName())}, an array with {@code beginArray()} and
 * {@code while (nextElement())}; after each name or element consume exactly one value. One thread at a time.
 */
public final class JsonCursor {
    /** The deepest nesting that is accepted of others. */
    public static final int MAX_DEPTH = 64;
    /** That of our own documents, which hold what others sent a few levels deeper. */
    static final int OWN_DEPTH = MAX_DEPTH + 16;

    private final int maxDepth;
    private byte[] buffer = new byte[0];
    private int position;
    private int end;
    private int start;
    private int nesting;
    private boolean fresh;
    private int valueStart;
    private int valueEnd;
    private int values;

    /** Reads what others wrote. */
    public JsonCursor() {
        this(MAX_DEPTH);
    }

    JsonCursor(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /** Begins with {@code length} bytes of {@code bytes} at {@code offset}. */
    public JsonCursor reset(byte[] bytes, int offset, int length) {
        buffer = bytes;
        start = offset;
        position = offset;
        end = offset + length;
        nesting = 0;
        fresh = false;
        values = 0;
        return this;
    }

    /** The first byte of the next value, which tells its kind; 0 at the end. */
    public byte peek() {
        while (position < end) {
            byte b = buffer[position];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            position++;
        }
        return 0;
    }

    /** Enters an object. */
    public void beginObject() throws JsonFault {
        open('{');
    }

    /** Enters an array. */
    public void beginArray() throws JsonFault {
        open('[');
    }

    private void open(char bracket) throws JsonFault {
        expect(bracket);
        if (++nesting > maxDepth) {
            throw new JsonFault("JSON nested deeper than " + maxDepth + " levels");
        }
        fresh = true;
    }

    /** Goes to the next member: its name is then the span. False, and past the object, where there is none. */
    public boolean nextName() throws JsonFault {
        if (!more('}')) {
            return false;
        }
        string();
        int nameStart = valueStart;
        int nameEnd = valueEnd;
        expect(':');
        valueStart = nameStart;
        valueEnd = nameEnd;
        return true;
    }

    /** Goes to the next element. False, and past the array, where there is none. */
    public boolean nextElement() throws JsonFault {
        return more(']');
    }

    private boolean more(char close) throws JsonFault {
        byte next = peek();
        boolean first = fresh;
        fresh = false;
        if (next == close) {
            position++;
            nesting--;
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    /** Reads a string; the span is what stands between its quotes, still escaped. */
    public void string() throws JsonFault {
        expect('"');
        int from = position;
        position = JsonLexer.stringEnd(buffer, position, end, start);
        valueStart = from;
        valueEnd = position++;
    }

    /** Reads any value; the span is its whole text. */
    public void value() throws JsonFault {
        peek();
        int from = position;
        skip();
        valueStart = from;
        valueEnd = position;
    }

    private void skip() throws JsonFault {
        values++;
        switch (peek()) {
            case '{' -> {
                beginObject();
                while (nextName()) {
                    skip();
                }
            }
            case '[' -> {
                beginArray();
                while (nextElement()) {
                    skip();
                }
            }
            case '"' -> string();
            default -> position = JsonLexer.scalarEnd(buffer, position, end, start);
        }
    }

    /** Fails unless nothing but white space is left. */
    public void end() throws JsonFault {
        if (peek() != 0 || position < end) {
            throw fault("the end of the text");
        }
    }

    /** How many values {@link #value()} has gone through, those inside of others too. */
    public int values() {
        return values;
    }

    /** Where the last name, string or value begins. */
    public int valueStart() {
        return valueStart;
    }

    /** The byte after the last name, string or value. */
    public int valueEnd() {
        return valueEnd;
    }

    /** Whether the last span is {@code ascii}, to the byte. */
    public boolean spanIs(byte[] ascii) {
        return java.util.Arrays.equals(buffer, valueStart, valueEnd, ascii, 0, ascii.length);
    }

    private void expect(char wanted) throws JsonFault {
        if (peek() != wanted) {
            throw fault("'" + wanted + "'");
        }
        position++;
    }

    private JsonFault fault(String wanted) {
        return JsonLexer.fault(wanted, buffer, position, end, start);
    }
}
