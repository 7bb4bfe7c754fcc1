package offload.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a list, in the order in which they began. One that says its {@code index} goes on with that of the same index
 * and type from an earlier delta: thoughts come in pieces so, with their signature behind them. Those that came in one delta are
 * never the same; what has another id, or holds objects or lists, such as an image, is another, too, unless it says itself that
 * it is a {@code delta}, as the blocks of a gateway's answers do. Some upstreams say one again as a whole once they know more of
 * it, as Groq does of a tool that has run. Not for several threads.
 */
final class ListElements {
    /**
     * Elements that came whole, as a {@link JsonWriter} of all that stand together, for what was parsed takes many times the
     * room; and, each as a {@link MergedObject}, those that may grow.
     */
    private final List<Object> elements = new ArrayList<>(1);

    private final Map<String, MergedObject> growing = new HashMap<>();
    private final Parts parts;

    ListElements(Parts parts) {
        this.parts = parts;
    }

    /** Adds what one delta has. */
    void add(JsonArray more) {
        Map<String, MergedObject> now = new HashMap<>();
        for (JsonValue element : more) {
            String place = element instanceof JsonObject object ? place(object) : null;
            if (place == null) {
                whole().value(element);
            } else {
                MergedObject earlier = now.containsKey(place) ? null : growing.get(place);
                now.put(place, grown(earlier, element.asJsonObject()));
            }
        }
        growing.putAll(now);
    }

    /** What has the same place may be the same element; null for one that comes whole. */
    private static @Nullable String place(JsonObject element) {
        return element.get("index") instanceof JsonNumber index && (isDelta(element) || isFlat(element))
                ? index + " " + element.get("type")
                : null;
    }

    private static boolean isDelta(JsonObject element) {
        return element.get("delta") instanceof JsonObject;
    }

    private static boolean isFlat(JsonObject element) {
        return element.values().stream().noneMatch(JsonStructure.class::isInstance);
    }

    private MergedObject grown(@Nullable MergedObject earlier, JsonObject piece) {
        MergedObject element = earlier;
        if (element == null || !mayBe(element.named("id"), piece.get("id"))) {
            element = new MergedObject(parts);
            parts.add();
            elements.add(element);
        }
        element.goOn(piece);
        return element;
    }

    private static boolean mayBe(@Nullable String known, @Nullable JsonValue id) {
        return known == null || !(id instanceof JsonString said) || known.equals(said.getString());
    }

    /** Where a further element is written that comes whole. */
    JsonWriter whole() {
        if (!elements.isEmpty() && elements.getLast() instanceof JsonWriter last) {
            return last;
        }
        JsonWriter next = new JsonWriter(64);
        elements.add(next);
        return next;
    }

    /** Writes them into the array that is open. */
    void writeTo(JsonWriter out) {
        for (Object element : elements) {
            if (element instanceof MergedObject object) {
                object.writeMembers(out.beginObject(), Set.of());
                out.endObject();
            } else if (element instanceof JsonWriter whole) {
                out.raw(whole.toBytes());
            }
        }
    }
}
