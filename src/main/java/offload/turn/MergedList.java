package offload.turn;

import jakarta.json.JsonArray;
import offload.json.JsonWriter;
import offload.json.RawString;

/**
 * A list that gets longer, kept as it will be written: what was parsed takes many times the room. Where it is the content of
 * a message, text may come between its elements: it becomes a part of its own, as in an answer that comes whole. Not for
 * several threads at once.
 */
final class MergedList {
    private final JsonWriter elements = new JsonWriter(64);
    private RawString text;
    private boolean any;

    /** A list whose first element is the part with {@code text}, if that is not empty. */
    MergedList(RawString text) {
        this.text = text;
    }

    /** The text that grows behind the last element. */
    RawString text() {
        return text;
    }

    /** Adds elements. */
    void add(JsonArray more) {
        if (!text.isEmpty()) {
            writeText(elements);
            any = true;
            text = new RawString();
        }
        any |= !more.isEmpty();
        more.forEach(elements::value);
    }

    private void writeText(JsonWriter out) {
        out.beginObject().name("type").value("text").name("text");
        text.writeTo(out);
        out.endObject();
    }

    void writeTo(JsonWriter out) {
        out.beginArray();
        if (any) {
            out.raw(elements.toBytes());
        }
        if (!text.isEmpty()) {
            writeText(out);
        }
        out.endArray();
    }
}
