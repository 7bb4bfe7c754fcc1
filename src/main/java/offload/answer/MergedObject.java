package offload.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import offload.json.JsonWriter;
import offload.json.RawString;
import org.jspecify.annotations.Nullable;

/**
 * An object that arrives in pieces: texts grow, lists get longer, objects are merged, everything else is replaced, and what
 * says nothing, a null say, never takes anything away. Members keep the order in which they first came. Not for several threads at once.
 */
final class MergedObject {
    /** Texts that name something: they come whole, perhaps repeatedly, and never in pieces. */
    private static final Set<String> WHOLE =
            Set.of("id", "type", "role", "object", "model", "format", "finish_reason", "index", "status", "mime_type");

    /** What a message says: text, or a list of parts, or one after the other. */
    private static final String CONTENT = "content";

    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Parts parts;

    /** An empty one, whose members are counted among {@code parts}. */
    MergedObject(Parts parts) {
        this.parts = parts;
    }

    /** Merges {@code delta}, member by member. */
    void merge(JsonObject delta) {
        delta.forEach(this::merge);
    }

    /** Merges {@code delta}; but where it says all of this again, and more, it is no piece, and only what is more is new. */
    void goOn(JsonObject delta) {
        boolean whole = isSaidAgain(delta)
                && delta.entrySet().stream().anyMatch(member -> !says(member.getKey()) && isSaid(member.getValue()));
        delta.forEach((name, value) -> {
            if (!whole || !says(name)) {
                merge(name, value);
            }
        });
    }

    private boolean isSaidAgain(JsonObject delta) {
        return members.entrySet().stream().allMatch(member -> {
            JsonValue again = delta.get(member.getKey());
            return !says(member.getKey())
                    || (member.getValue() instanceof RawString text
                            ? again instanceof JsonString said && text.is(said.getString())
                            : member.getValue().equals(again));
        });
    }

    private boolean says(String name) {
        return has(name) && !isNull(name);
    }

    private static boolean isSaid(JsonValue value) {
        return value.getValueType() != JsonValue.ValueType.NULL;
    }

    /** Merges one member. */
    void merge(String name, JsonValue value) {
        count(name);
        if (isNothing(value) && hasGrown(name)) {
            return;
        }
        switch (value.getValueType()) {
            case NULL -> members.putIfAbsent(name, value);
            case STRING -> mergeText(name, (JsonString) value);
            case OBJECT -> object(name).merge((JsonObject) value);
            case ARRAY -> mergeList(name, (JsonArray) value);
            default -> {
                if (!hasGrown(name)) {
                    members.put(name, value);
                }
            }
        }
    }

    /** Some upstreams say an empty text, list or object of whatever they have nothing to say of, and not always of its kind. */
    private static boolean isNothing(JsonValue value) {
        return switch (value) {
            case JsonString text -> text.getString().isEmpty();
            case JsonArray list -> list.isEmpty();
            case JsonObject object -> object.isEmpty();
            default -> value.equals(JsonValue.NULL);
        };
    }

    /** Whether {@code name} has something that only more of it takes the place of: no number, for example. */
    boolean hasGrown(String name) {
        return switch (members.get(name)) {
            case null -> false;
            case RawString text -> !text.isEmpty();
            case JsonString text -> !isNothing(text);
            case MergedObject object -> !object.members.isEmpty();
            case JsonValue scalar -> false;
            default -> true;
        };
    }

    /** Replaces a member, whatever it was; one that says something, only by what does so, too. */
    void replace(String name, JsonValue value) {
        count(name);
        if (!isNothing(value) || !says(name)) {
            members.put(name, value instanceof JsonStructure ? written(value) : value);
        }
    }

    /** Nothing is merged into it any more, and parsed it would take many times the room. */
    private static byte[] written(JsonValue value) {
        return new JsonWriter(64).value(value).toBytes();
    }

    private void count(String name) {
        if (!members.containsKey(name)) {
            parts.add();
        }
    }

    private void mergeText(String name, JsonString value) {
        if (WHOLE.contains(name)) {
            members.put(name, value);
            return;
        }
        RawString text = text(name);
        // A function's name comes once, but some upstreams say it again with every piece of the arguments.
        if (!name.equals("name") || !text.is(value.getString())) {
            text.append(value.getString());
        }
    }

    private void mergeList(String name, JsonArray value) {
        if (name.equals("tool_calls")) {
            if (!(members.get(name) instanceof ToolCalls)) {
                members.put(name, new ToolCalls(parts));
            }
            ((ToolCalls) members.get(name)).merge(value);
            return;
        }
        list(name).add(value);
    }

    private MergedList list(String name) {
        if (members.get(name) instanceof MergedList list) {
            return list;
        }
        boolean spoken = name.equals(CONTENT) && members.get(name) instanceof RawString;
        MergedList list = new MergedList(spoken ? text(name) : new RawString(), parts);
        members.put(name, list);
        return list;
    }

    /** The text {@code name}, made where there is none. */
    RawString text(String name) {
        if (members.get(name) instanceof RawString text) {
            return text;
        }
        if (name.equals(CONTENT) && members.get(name) instanceof MergedList list) {
            return list.text();
        }
        RawString text = new RawString();
        members.put(name, text);
        return text;
    }

    /** The object {@code name}, made where there is none. */
    MergedObject object(String name) {
        if (members.get(name) instanceof MergedObject object) {
            return object;
        }
        MergedObject object = new MergedObject(parts);
        members.put(name, object);
        return object;
    }

    /** The string that names something, such as an id; null where there is none. */
    @Nullable
    String named(String name) {
        return members.get(name) instanceof JsonString text ? text.getString() : null;
    }

    /** Whether a text that is not empty stands under {@code name}. */
    boolean hasText(String name) {
        return members.get(name) instanceof RawString text && !text.isEmpty();
    }

    /** Whether there is a member {@code name}. */
    boolean has(String name) {
        return members.containsKey(name);
    }

    /** Whether the member {@code name} is null. */
    boolean isNull(String name) {
        return JsonValue.NULL.equals(members.get(name));
    }

    /** Writes the one member {@code name}, which must be there. */
    void writeMember(JsonWriter out, String name) {
        out.name(name);
        write(out, Objects.requireNonNull(members.get(name)));
    }

    /** Writes all members but {@code omitted} into the object that is open. */
    void writeMembers(JsonWriter out, Set<String> omitted) {
        members.forEach((name, value) -> {
            if (!omitted.contains(name)) {
                out.name(name);
                write(out, value);
            }
        });
    }

    private static void write(JsonWriter out, Object value) {
        switch (value) {
            case RawString text -> text.writeTo(out);
            case MergedObject object -> {
                out.beginObject();
                object.writeMembers(out, Set.of());
                out.endObject();
            }
            case MergedList list -> list.writeTo(out);
            case byte[] written -> out.raw(written);
            case ToolCalls calls -> calls.writeTo(out);
            default -> out.value((JsonValue) value);
        }
    }
}
