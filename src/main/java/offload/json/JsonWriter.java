package offload.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON text in UTF-8 into memory, and takes raw pieces of JSON as they are. Commas are its affair, correctness of
 * raw pieces the caller's, and that nobody changes them: long ones are not copied. Not for use by several threads at once.
 */
public final class JsonWriter {
    /** From here on a copy costs more than a piece of its own. */
    private static final int LONG = 16 * 1024;

    private static final int USUAL = 512;

    /** What is before {@link #bytes}. */
    private final List<JsonSource> pieces = new ArrayList<>(0);

    private byte[] bytes;
    private int length;
    private boolean comma;

    /** For a text of some hundred bytes; it may become as long as it will. */
    public JsonWriter() {
        this(USUAL);
    }

    /** For a text of about {@code expected} bytes; it may become as long as it will. */
    public JsonWriter(int expected) {
        bytes = new byte[expected];
    }

    /** Begins an object. */
    public JsonWriter beginObject() {
        return open('{');
    }

    /** Ends an object. */
    public JsonWriter endObject() {
        return close('}');
    }

    /** Begins an array. */
    public JsonWriter beginArray() {
        return open('[');
    }

    /** Ends an array. */
    public JsonWriter endArray() {
        return close(']');
    }

    /** A member's name; its value must follow. */
    public JsonWriter name(String name) {
        value(name);
        put(':');
        comma = false;
        return this;
    }

    /** A string, or null. */
    public JsonWriter value(@Nullable String text) {
        if (text == null) {
            return raw("null");
        }
        separate();
        put('"');
        putText(RawString.escape(text));
        put('"');
        comma = true;
        return this;
    }

    /** A whole number. */
    public JsonWriter value(long number) {
        return raw(Long.toString(number));
    }

    /** A truth value. */
    public JsonWriter value(boolean truth) {
        return raw(truth ? "true" : "false");
    }

    /** Any value that was read. */
    public JsonWriter value(JsonValue value) {
        switch (value.getValueType()) {
            case STRING -> value(((JsonString) value).getString());
            case OBJECT -> {
                beginObject();
                ((JsonObject) value).forEach((name, member) -> name(name).value(member));
                endObject();
            }
            case ARRAY -> {
                beginArray();
                ((JsonArray) value).forEach(this::value);
                endArray();
            }
            default -> raw(value.toString());
        }
        return this;
    }

    /** A value that is JSON text already. */
    public JsonWriter raw(String json) {
        separate();
        putText(json);
        comma = true;
        return this;
    }

    /** A value that is JSON text in UTF-8 already. */
    public JsonWriter raw(byte[] json) {
        separate();
        take(json, 0, json.length);
        comma = true;
        return this;
    }

    /** The same that may lie elsewhere; fails where it is short and cannot be read. */
    public JsonWriter raw(JsonSource json) throws IOException {
        separate();
        if (json.length() > LONG) {
            add(json);
        } else {
            byte[] copied = json.bytes();
            put(copied, 0, copied.length);
        }
        comma = true;
        return this;
    }

    void beginString() {
        separate();
        put('"');
    }

    void endString() {
        put('"');
        comma = true;
    }

    /** What was written, in one piece. */
    public byte[] toBytes() {
        try {
            return pieces.isEmpty() ? Arrays.copyOf(bytes, length) : toSource().bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same without a copy of what is long; nothing more may be written. */
    public JsonSource toSource() {
        List<JsonSource> all = new ArrayList<>(pieces);
        all.add(new JsonSlice(bytes, 0, length));
        return all.size() == 1 ? all.getFirst() : new JsonText(all);
    }

    /** The same, with a line feed after it. */
    public JsonSource toLine() {
        put('\n');
        return toSource();
    }

    @Override
    public String toString() {
        return pieces.isEmpty()
                ? new String(bytes, 0, length, StandardCharsets.UTF_8)
                : new String(toBytes(), StandardCharsets.UTF_8);
    }

    private JsonWriter open(char bracket) {
        separate();
        put(bracket);
        comma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        put(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            put(',');
        }
    }

    private void put(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    /** Most of what is written is ASCII, which needs no array of its own. */
    private void putText(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c > '~') {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                put(encoded, 0, encoded.length);
                return;
            }
            bytes[length + i] = (byte) c;
        }
        length += count;
    }

    void take(byte[] from, int offset, int count) {
        if (count > LONG) {
            add(new JsonSlice(from, offset, count));
        } else {
            put(from, offset, count);
        }
    }

    private void add(JsonSource piece) {
        pieces.add(new JsonSlice(bytes, 0, length));
        pieces.add(piece);
        bytes = new byte[USUAL];
        length = 0;
    }

    private void put(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
