package offload.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonWriter;

/** A {@code chat.completion} that came whole, as the one chunk of a stream that says the same. Stateless. */
public final class WholeAnswer {
    private WholeAnswer() {}

    /** The chunk; fails where {@code json} is neither a completion nor an error of the upstream (which stays as it is). */
    public static byte[] toChunk(byte[] json) throws JsonFault {
        JsonObject whole = Json.object(json);
        JsonWriter out = new JsonWriter();
        if (StatedError.in(whole) != null) {
            return out.value(whole).toBytes();
        }
        if (!(whole.get("choices") instanceof JsonArray choices) || choices.isEmpty()) {
            throw new JsonFault("JSON without choices");
        }
        out.beginObject();
        whole.forEach((name, value) -> {
            switch (name) {
                case "object" -> out.name(name).value("chat.completion.chunk");
                case "choices" -> choices(out.name(name), choices);
                default -> out.name(name).value(value);
            }
        });
        return out.endObject().toBytes();
    }

    private static void choices(JsonWriter out, JsonArray choices) {
        out.beginArray();
        for (JsonValue choice : choices) {
            if (choice instanceof JsonObject object) {
                out.beginObject();
                object.forEach((name, value) -> {
                    if (name.equals("message") && value instanceof JsonObject message) {
                        delta(out.name("delta"), message);
                    } else {
                        out.name(name).value(value);
                    }
                });
                out.endObject();
            }
        }
        out.endArray();
    }

    private static void delta(JsonWriter out, JsonObject message) {
        out.beginObject();
        for (Map.Entry<String, JsonValue> member : message.entrySet()) {
            out.name(member.getKey());
            if (member.getKey().equals("tool_calls") && member.getValue() instanceof JsonArray calls) {
                toolCalls(out, calls);
            } else {
                out.value(member.getValue());
            }
        }
        out.endObject();
    }

    private static void toolCalls(JsonWriter out, JsonArray calls) {
        out.beginArray();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i) instanceof JsonObject call) {
                out.beginObject().name("index").value(i);
                call.forEach((name, value) -> {
                    if (!name.equals("index")) {
                        out.name(name).value(value);
                    }
                });
                out.endObject();
            }
        }
        out.endArray();
    }
}
