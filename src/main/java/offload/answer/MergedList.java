package offload.answer;

import jakarta.json.JsonArray;
import offload.json.JsonWriter;
import offload.json.RawString;

/**
 * A list that gets longer. Where it is the content of a message, text may come between its elements: it becomes a part of its
 * own, as in an answer that comes whole. Not for several threads at once.
 */
final class MergedList {
    private final ListElements elements;
    private RawString text;

    /** A list whose first element is the part with {@code text}, if that is not empty. */
    MergedList(RawString text, Parts parts) {
        this.text = text;
        elements = new ListElements(parts);
    }

    /** The text that grows behind the last element. */
    RawString text() {
        return text;
    }

    /** Adds elements, or what goes on with earlier ones. */
    void add(JsonArray more) {
        if (!text.isEmpty()) {
            writeText(elements.whole());
            text = new RawString();
        }
        elements.add(more);
    }

    private void writeText(JsonWriter out) {
        out.beginObject().name("type").value("text").name("text");
        text.writeTo(out);
        out.endObject();
    }

    void writeTo(JsonWriter out) {
        out.beginArray();
        elements.writeTo(out);
        if (!text.isEmpty()) {
            writeText(out);
        }
        out.endArray();
    }
}
