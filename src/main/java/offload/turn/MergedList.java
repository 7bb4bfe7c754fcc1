package offload.turn;

import jakarta.json.JsonArray;
import offload.json.JsonWriter;

/** A list that gets longer, kept as it will be written: what was parsed takes many times the room. Not for several threads at once. */
final class MergedList {
    private final JsonWriter elements = new JsonWriter(64);
    private boolean any;

    /** Adds elements. */
    void add(JsonArray more) {
        any |= !more.isEmpty();
        more.forEach(elements::value);
    }

    void writeTo(JsonWriter out) {
        out.beginArray();
        if (any) {
            out.raw(elements.toBytes());
        }
        out.endArray();
    }
}
