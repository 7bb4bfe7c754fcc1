package offload.upstream.sample;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.random.RandomGenerator;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * A function that the answer calls.
 *
 * @param name its name
 * @param parameters its JSON Schema
 * @param named whether the caller wanted exactly this one
 */
record SampleTool(String name, JsonObject parameters, boolean named) {

    /** The one that {@code tool_choice} demands: a named one, or any with {@code required}; else null. */
    static @Nullable SampleTool chosen(JsonObject request) throws SampleFault {
        JsonValue choice = request.getOrDefault("tool_choice", JsonValue.NULL);
        boolean required = choice instanceof JsonString text && text.getString().equals("required");
        if (!required && !(choice instanceof JsonObject)) {
            return null;
        }
        String wanted = choice instanceof JsonObject object ? name(object) : null;
        if (request.get("tools") instanceof JsonArray tools) {
            for (JsonValue tool : tools) {
                String name = tool instanceof JsonObject object ? name(object) : "";
                if (!name.isEmpty() && (wanted == null || wanted.equals(name))) {
                    return new SampleTool(name, parameters(tool.asJsonObject()), !required);
                }
            }
        }
        throw SampleFault.value("tool_choice", "names a tool that is not among 'tools'");
    }

    private static String name(JsonObject tool) {
        return tool.get("function") instanceof JsonObject function && function.get("name") instanceof JsonString name
                ? name.getString()
                : "";
    }

    private static JsonObject parameters(JsonObject tool) {
        return tool.getJsonObject("function").get("parameters") instanceof JsonObject schema
                ? schema
                : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** Arguments that fit the schema as far as its types and enumerations go. */
    String arguments(String topic, RandomGenerator random) {
        JsonWriter out = new JsonWriter();
        argument(out, parameters, topic, random);
        return out.toString();
    }

    private static void argument(JsonWriter out, JsonObject schema, String topic, RandomGenerator random) {
        if (schema.get("enum") instanceof JsonArray values && !values.isEmpty()) {
            out.value(values.get(random.nextInt(values.size())));
            return;
        }
        switch (type(schema)) {
            case "string" -> out.value(topic.isEmpty() ? "sample" : topic);
            case "integer", "number" -> out.value(1L + random.nextInt(9));
            case "boolean" -> out.value(random.nextBoolean());
            case "array" -> array(out, schema, topic, random);
            default -> object(out, schema, topic, random);
        }
    }

    private static String type(JsonObject schema) {
        JsonValue type = schema.get("type");
        JsonValue first = type instanceof JsonArray several && !several.isEmpty() ? several.getFirst() : type;
        return first instanceof JsonString text ? text.getString() : "object";
    }

    private static void array(JsonWriter out, JsonObject schema, String topic, RandomGenerator random) {
        out.beginArray();
        if (schema.get("items") instanceof JsonObject items) {
            argument(out, items, topic, random);
        }
        out.endArray();
    }

    private static void object(JsonWriter out, JsonObject schema, String topic, RandomGenerator random) {
        out.beginObject();
        if (schema.get("properties") instanceof JsonObject properties) {
            properties.forEach((name, value) -> {
                if (value instanceof JsonObject inner) {
                    argument(out.name(name), inner, topic, random);
                }
            });
        }
        out.endObject();
    }
}
