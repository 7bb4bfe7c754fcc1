package offload.turn;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of a message, put together from their pieces. A piece belongs to the call with its index; but an index
 * with another id is another call (some upstreams number every call 0), a piece without an index belongs to the call
 * with its id, and one without either to the last call, unless it names a function anew. Not for several threads.
 */
final class ToolCalls {
    private final List<Call> calls = new ArrayList<>();

    private record Call(int index, MergedObject members) {}

    /** Merges the {@code tool_calls} of a delta. */
    void merge(JsonArray pieces) {
        for (JsonValue piece : pieces) {
            if (piece instanceof JsonObject object) {
                owner(object).merge(object);
            }
        }
    }

    private MergedObject owner(JsonObject piece) {
        String id =
                piece.get("id") instanceof JsonString text && !text.getString().isEmpty() ? text.getString() : null;
        Call owner = piece.get("index") instanceof JsonNumber index
                ? byIndex(index.intValue(), id)
                : id != null ? byId(id) : lastUnlessNew(piece);
        if (owner == null) {
            int index = piece.get("index") instanceof JsonNumber number ? number.intValue() : nextIndex();
            owner = new Call(index, new MergedObject());
            calls.add(owner);
        }
        return owner.members();
    }

    private @Nullable Call byIndex(int index, @Nullable String id) {
        Call last = null;
        for (Call call : calls) {
            String known = call.members().named("id");
            if (id != null && id.equals(known)) {
                return call;
            }
            if (call.index() == index && (id == null || known == null)) {
                last = call;
            }
        }
        return last;
    }

    private @Nullable Call byId(String id) {
        for (Call call : calls) {
            if (id.equals(call.members().named("id"))) {
                return call;
            }
        }
        return null;
    }

    private @Nullable Call lastUnlessNew(JsonObject piece) {
        if (calls.isEmpty()) {
            return null;
        }
        Call last = calls.getLast();
        boolean names = piece.get("function") instanceof JsonObject function
                && function.get("name") instanceof JsonString name
                && !name.getString().isEmpty();
        return names && last.members().object("function").hasText("name") ? null : last;
    }

    private int nextIndex() {
        return calls.stream().mapToInt(Call::index).max().orElse(-1) + 1;
    }

    /** Writes the calls as the array of a whole message, in order of their index. */
    void writeTo(JsonWriter out) {
        out.beginArray();
        calls.stream().sorted(Comparator.comparingInt(Call::index)).forEach(call -> {
            out.beginObject();
            call.members().writeMembers(out, Set.of("index"));
            out.endObject();
        });
        out.endArray();
    }
}
