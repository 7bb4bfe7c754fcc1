package offload.e2e;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares JSON with what a case says of it: an object may have more members than are named, an array not more elements;
 * a string may be a {@linkplain Words word} that stands for many values. Stateless.
 */
final class JsonShape {
    private JsonShape() {}

    /** What is different, each with its place; empty where nothing is. */
    static List<String> differences(@Nullable Object expected, @Nullable JsonValue actual) {
        List<String> found = new ArrayList<>();
        compare("", expected, actual, found);
        return found;
    }

    private static void compare(
            String place, @Nullable Object expected, @Nullable JsonValue actual, List<String> found) {
        switch (expected) {
            case Map<?, ?> members -> object(place, members, actual, found);
            case List<?> items -> array(place, items, actual, found);
            case null, default -> {
                if (!Words.fits(expected, actual)) {
                    found.add(place + " should be " + expected + " and is " + actual);
                }
            }
        }
    }

    private static void object(String place, Map<?, ?> members, @Nullable JsonValue actual, List<String> found) {
        if (!(actual instanceof JsonObject object)) {
            found.add(place + " should be an object and is " + actual);
            return;
        }
        members.forEach((name, value) -> compare(place + '.' + name, value, object.get(String.valueOf(name)), found));
    }

    private static void array(String place, List<?> items, @Nullable JsonValue actual, List<String> found) {
        if (!(actual instanceof JsonArray array) || array.size() != items.size()) {
            found.add(place + " should be an array of " + items.size() + " and is " + actual);
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            compare(place + '.' + i, items.get(i), array.get(i), found);
        }
    }

    /** The value at a path such as {@code response.body.choices.0}; the whole for an empty one; null where none is. */
    static @Nullable JsonValue at(JsonValue whole, String path) {
        JsonValue at = whole;
        for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
            at = switch (at) {
                case JsonObject object -> object.get(step);
                case JsonArray array when Integer.parseInt(step) < array.size() -> array.get(Integer.parseInt(step));
                case null, default -> null;
            };
        }
        return at;
    }

    /** A tree of a case as the JSON that it means. */
    static JsonValue json(@Nullable Object tree) {
        return switch (tree) {
            case null -> JsonValue.NULL;
            case Map<?, ?> members -> {
                var object = Json.createObjectBuilder();
                members.forEach((name, value) -> object.add(String.valueOf(name), json(value)));
                yield object.build();
            }
            case List<?> items -> {
                var array = Json.createArrayBuilder();
                items.forEach(item -> array.add(json(item)));
                yield array.build();
            }
            case Boolean truth -> truth ? JsonValue.TRUE : JsonValue.FALSE;
            case Number number -> Json.createValue(new BigDecimal(number.toString()));
            default -> Json.createValue(tree.toString());
        };
    }

    static String plain(@Nullable JsonValue value) {
        return value instanceof JsonString text ? text.getString() : String.valueOf(value);
    }

    static boolean isNumber(@Nullable JsonValue value, BigDecimal expected) {
        return value instanceof JsonNumber number && number.bigDecimalValue().compareTo(expected) == 0;
    }
}
