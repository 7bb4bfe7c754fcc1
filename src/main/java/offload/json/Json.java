package offload.json;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.parsson.JsonProviderImpl;

/**
 * The one JSON reader, and where builders come from. What is read goes through {@link JsonCursor} first, so that depth,
 * UTF-8 and trailing text are checked in one place. Stateless; any thread.
 */
public final class Json {
    /** The reader's own limit is 15 MB, less than a status may have. What comes from outside is limited by who takes it. */
    private static final Map<String, Integer> NO_LIMIT =
            Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE);

    /** Named: to look for it goes through all jars, under locks that the virtual threads of first requests must not crowd at. */
    private static final JsonProvider PROVIDER = new JsonProviderImpl();

    private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(NO_LIMIT);
    private static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private Json() {}

    /**
     * The members of the object that {@code utf8} is, raw, in order of first appearance. Of a repeated name the last
     * value counts, as it does for most readers.
     */
    public static List<JsonMember> members(byte[] utf8) throws JsonFault {
        return members(utf8, new JsonCursor());
    }

    /** The same of a document that this server wrote, which may be nested deeper than what others send. */
    public static List<JsonMember> ownMembers(byte[] utf8) throws JsonFault {
        return members(utf8, new JsonCursor(JsonCursor.OWN_DEPTH));
    }

    private static List<JsonMember> members(byte[] utf8, JsonCursor cursor) throws JsonFault {
        int skip = startsWithMark(utf8) ? 3 : 0;
        cursor.reset(utf8, skip, utf8.length - skip);
        Map<String, String> members = new LinkedHashMap<>();
        cursor.beginObject();
        while (cursor.nextName()) {
            String name = unquote(text(utf8, cursor));
            cursor.value();
            members.put(name, text(utf8, cursor));
        }
        cursor.end();
        return members.entrySet().stream()
                .map(member -> new JsonMember(member.getKey(), member.getValue()))
                .toList();
    }

    /** The elements of the array that {@code json} is, raw. */
    public static List<String> elements(String json) throws JsonFault {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor().reset(utf8, 0, utf8.length);
        List<String> elements = new ArrayList<>();
        cursor.beginArray();
        while (cursor.nextElement()) {
            cursor.value();
            elements.add(text(utf8, cursor));
        }
        cursor.end();
        return elements;
    }

    /** Any one value. */
    public static JsonValue value(String json) throws JsonFault {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        return value(utf8, 0, utf8.length);
    }

    /** Any one value. */
    public static JsonValue value(byte[] utf8, int offset, int length) throws JsonFault {
        return value(utf8, new JsonCursor().reset(utf8, offset, length), offset, length);
    }

    private static JsonValue value(byte[] utf8, JsonCursor cursor, int offset, int length) throws JsonFault {
        cursor.value();
        cursor.end();
        // A reader takes only objects and arrays at the top on some providers; in an array every value is welcome.
        String wrapped = "[" + new String(utf8, offset, length, StandardCharsets.UTF_8) + "]";
        try {
            return first(wrapped);
        } catch (UnsupportedOperationException | NumberFormatException e) {
            return first(HugeNumbers.rounded(wrapped));
        }
    }

    private static JsonValue first(String array) throws JsonFault {
        try (JsonReader reader = READERS.createReader(new StringReader(array))) {
            return reader.readArray().get(0);
        } catch (JsonException e) {
            throw new JsonFault("JSON that cannot be read: a name is beyond every limit");
        }
    }

    /** An object. */
    public static JsonObject object(byte[] utf8) throws JsonFault {
        return object(utf8, new JsonCursor());
    }

    /** An object that an Offload server wrote, which may be nested deeper than what others send. */
    public static JsonObject ownObject(byte[] utf8) throws JsonFault {
        return object(utf8, new JsonCursor(JsonCursor.OWN_DEPTH));
    }

    private static JsonObject object(byte[] utf8, JsonCursor cursor) throws JsonFault {
        if (value(utf8, cursor.reset(utf8, 0, utf8.length), 0, utf8.length) instanceof JsonObject object) {
            return object;
        }
        throw new JsonFault("expected a JSON object");
    }

    /** An object to be filled. */
    public static JsonObjectBuilder createObjectBuilder() {
        return BUILDERS.createObjectBuilder();
    }

    /** An object to be changed, which begins as {@code like}. */
    public static JsonObjectBuilder createObjectBuilder(JsonObject like) {
        return BUILDERS.createObjectBuilder(like);
    }

    /** An array to be filled. */
    public static JsonArrayBuilder createArrayBuilder() {
        return BUILDERS.createArrayBuilder();
    }

    /** {@code text} as a JSON string, with its quotes. */
    public static String quote(String text) {
        return '"' + RawString.escape(text) + '"';
    }

    private static String text(byte[] utf8, JsonCursor cursor) {
        int from = cursor.valueStart();
        return new String(utf8, from, cursor.valueEnd() - from, StandardCharsets.UTF_8);
    }

    private static String unquote(String escaped) throws JsonFault {
        return escaped.indexOf('\\') < 0 ? escaped : ((JsonString) value('"' + escaped + '"')).getString();
    }

    private static boolean startsWithMark(byte[] utf8) {
        return utf8.length >= 3 && new String(utf8, 0, 3, StandardCharsets.UTF_8).codePointAt(0) == BYTE_ORDER_MARK;
    }
}
