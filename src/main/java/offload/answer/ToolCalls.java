package offload.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of a message, put together from their pieces. A piece belongs to the call with its index; but an index
 * with another id is another call (some upstreams number every call 0) where the piece names a function, too (some make
 * up a new id for every piece), and so is one without an id that names another function once the arguments have begun, or
 * the same one again with all of its arguments after a piece that had all of its own.
 * A piece without an index belongs to the call with its id, and one without either to the last call, unless it names a
 * function anew; so does one with neither id nor name whose index nothing has had: some upstreams begin each call at 0
 * and go on at its place. Not for several threads.
 */
final class ToolCalls {
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Call> byId = new HashMap<>();
    /** The last call of each index: only that one may have no id yet. */
    private final Map<Integer, Call> byIndex = new HashMap<>();

    private final Parts parts;
    private int highest = -1;

    private static final class Call {
        final int index;
        final MergedObject members;
        /** Whether one piece said all of it, and none came since. */
        boolean isWhole;

        Call(int index, MergedObject members) {
            this.index = index;
            this.members = members;
        }
    }

    ToolCalls(Parts parts) {
        this.parts = parts;
    }

    /** Merges the {@code tool_calls} of a delta. */
    void merge(JsonArray pieces) {
        for (JsonValue piece : pieces) {
            if (piece instanceof JsonObject object) {
                merge(object);
            }
        }
    }

    private void merge(JsonObject piece) {
        String id =
                piece.get("id") instanceof JsonString text && !text.getString().isEmpty() ? text.getString() : null;
        Call owner = piece.get("index") instanceof JsonNumber index
                ? byIndex(index.intValue(), id, piece)
                : id != null ? byId.get(id) : lastUnlessNew(piece);
        boolean begins = owner == null;
        if (owner == null) {
            owner = begun(piece.get("index") instanceof JsonNumber index ? index.intValue() : highest + 1);
        }
        owner.isWhole = begins && isWhole(piece);
        owner.members.merge(piece);
        if (piece.get("function") instanceof JsonObject) {
            argue(owner.members.object("function"));
        }
        if (id != null) {
            byId.putIfAbsent(id, owner);
        }
    }

    /** Arguments are a text, if an empty one: some upstreams say none at all of a function that takes none. */
    private static void argue(MergedObject function) {
        if (!function.has("arguments") || function.isNull("arguments")) {
            function.text("arguments");
        }
    }

    private Call begun(int index) {
        Call call = new Call(index, new MergedObject(parts));
        parts.add();
        calls.add(call);
        byIndex.put(index, call);
        highest = Math.max(highest, index);
        return call;
    }

    private @Nullable Call byIndex(int index, @Nullable String id, JsonObject piece) {
        Call known = id == null ? null : byId.get(id);
        if (known != null) {
            return known;
        }
        Call last = byIndex.get(index);
        if (last == null && id == null && !names(piece) && !calls.isEmpty()) {
            return calls.getLast();
        }
        if (last == null) {
            return null;
        }
        boolean another = id == null
                ? namesAnother(last, piece) || last.isWhole && isWhole(piece)
                : last.members.named("id") != null && names(piece);
        return another ? null : last;
    }

    /** A call whose arguments have begun has its name: another one is the next call's, where an upstream gives none an id. */
    private static boolean namesAnother(Call last, JsonObject piece) {
        return piece.entrySet().stream()
                .anyMatch(part -> part.getValue() instanceof JsonObject called
                        && called.get("name") instanceof JsonString name
                        && !name.getString().isEmpty()
                        && last.members.has(part.getKey())
                        && isAnother(last.members.object(part.getKey()), name.getString()));
    }

    /** A function has arguments, a tool of the caller's own kind has input. */
    private static boolean isAnother(MergedObject known, String name) {
        boolean isArgued = known.hasGrown("arguments") || known.hasGrown("input");
        return isArgued && known.hasText("name") && !known.text("name").is(name);
    }

    /** Whether it says all of a call: behind an object that has ended nothing of the same one can come. */
    private static boolean isWhole(JsonObject piece) {
        if (!names(piece)
                || !(piece.get("function") instanceof JsonObject called)
                || !(called.get("arguments") instanceof JsonString arguments)
                || !arguments.getString().startsWith("{")) {
            return false;
        }
        try {
            Json.value(arguments.getString());
            return true;
        } catch (JsonFault e) {
            return false;
        }
    }

    private @Nullable Call lastUnlessNew(JsonObject piece) {
        if (calls.isEmpty()) {
            return null;
        }
        Call last = calls.getLast();
        return names(piece) && last.members.object("function").hasText("name") ? null : last;
    }

    /** Whether it says what is called: a function, or a tool of the caller's own kind. */
    private static boolean names(JsonObject piece) {
        return piece.values().stream()
                .anyMatch(part -> part instanceof JsonObject called
                        && called.get("name") instanceof JsonString name
                        && !name.getString().isEmpty());
    }

    /** Some upstreams leave the type out, which others refuse when the answer becomes a part of the next turn. */
    private static void write(JsonWriter out, MergedObject call) {
        String type = call.named("type");
        boolean untyped = call.has("function") && (type == null || type.isEmpty());
        if (untyped) {
            out.name("type").value("function");
        }
        call.writeMembers(out, untyped ? Set.of("index", "type") : Set.of("index"));
    }

    /** Writes the calls as the array of a whole message, in order of their index. */
    void writeTo(JsonWriter out) {
        out.beginArray();
        calls.stream().sorted(Comparator.comparingInt(call -> call.index)).forEach(call -> {
            write(out.beginObject(), call.members);
            out.endObject();
        });
        out.endArray();
    }
}
