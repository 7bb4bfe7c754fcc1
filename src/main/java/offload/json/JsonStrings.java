package offload.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.function.UnaryOperator;

/** Changes what is said in JSON and leaves it JSON. Stateless. */
public final class JsonStrings {
    private JsonStrings() {}

    /** {@code value} with {@code change} made in each string, name and number: a number that is changed becomes a string. */
    public static JsonValue changed(JsonValue value, UnaryOperator<String> change) {
        return switch (value) {
            case JsonObject object -> {
                JsonObjectBuilder members = Json.createObjectBuilder();
                object.forEach((name, member) -> members.add(change.apply(name), changed(member, change)));
                yield members.build();
            }
            case JsonArray list -> {
                JsonArrayBuilder elements = Json.createArrayBuilder();
                list.forEach(element -> elements.add(changed(element, change)));
                yield elements.build();
            }
            case JsonString string -> text(string, string.getString(), change);
            case JsonNumber number -> text(number, number.toString(), change);
            default -> value;
        };
    }

    private static JsonValue text(JsonValue value, String text, UnaryOperator<String> change) {
        String changed = change.apply(text);
        return changed.equals(text)
                ? value
                : Json.createArrayBuilder().add(changed).build().getFirst();
    }
}
