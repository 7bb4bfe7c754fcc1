package offload.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON text in UTF-8 into memory, and takes raw pieces of JSON as they are. Commas are its affair, correctness of
 * raw pieces the caller's. Not for use by several threads at once.
 */
public final class JsonWriter {
    private byte[] bytes;
    private int length;
    private boolean comma;

    /** For a text of some hundred bytes; it may become as long as it will. */
    public JsonWriter() {
        this(512);
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
        put(json, 0, json.length);
        comma = true;
        return this;
    }

    JsonWriter rawString(byte[] escaped, int offset, int count) {
        separate();
        put('"');
        put(escaped, offset, count);
        put('"');
        comma = true;
        return this;
    }

    /** What was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The same, with a line feed after it. */
    public byte[] toLine() {
        byte[] line = Arrays.copyOf(bytes, length + 1);
        line[length] = '\n';
        return line;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
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
