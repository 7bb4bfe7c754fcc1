package offload.upstream.sample;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import offload.json.Json;
import offload.json.JsonFault;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of the sample upstream.
 *
 * @param model echoed
 * @param messages the conversation, never empty
 * @param form how the answer is sent
 * @param limits how much of it is wanted
 * @param reasoning whether thoughts come first
 * @param tool the tool to call; null for an answer in words
 */
record SampleRequest(
        String model,
        List<SampleMessage> messages,
        Form form,
        Limits limits,
        boolean reasoning,
        @Nullable SampleTool tool) {
    private static final int MAX_CHOICES = 128;
    private static final int MAX_STOPS = 4;

    /** How an answer is sent. */
    enum Form {
        WHOLE,
        CHUNKS,
        CHUNKS_AND_USAGE
    }

    /**
     * How much is wanted.
     *
     * @param maxTokens per choice; {@link Integer#MAX_VALUE} without a limit
     * @param choices 1 or more
     * @param stops texts before which an answer ends
     */
    record Limits(int maxTokens, int choices, List<String> stops) {}

    static SampleRequest parse(byte[] body) throws SampleFault {
        JsonObject json;
        try {
            json = Json.object(body);
        } catch (JsonFault e) {
            throw new SampleFault(400, "The body is not a JSON object: " + e.getMessage() + ".", null, null);
        }
        int max = number(json, "max_completion_tokens", number(json, "max_tokens", Integer.MAX_VALUE));
        return new SampleRequest(
                text(json, "model"),
                SampleMessage.all(json),
                form(json),
                new Limits(max, choices(json), stops(json)),
                json.get("reasoning_effort") instanceof JsonString effort
                        && !effort.getString().equals("none"),
                SampleTool.chosen(json));
    }

    private static Form form(JsonObject json) throws SampleFault {
        boolean stream = truth(json, "stream");
        if (!(json.get("stream_options") instanceof JsonObject options)) {
            return stream ? Form.CHUNKS : Form.WHOLE;
        }
        if (!stream) {
            throw SampleFault.value("stream_options", "is allowed only together with 'stream'");
        }
        return truth(options, "include_usage") ? Form.CHUNKS_AND_USAGE : Form.CHUNKS;
    }

    private static String text(JsonObject json, String name) throws SampleFault {
        if (!json.containsKey(name)) {
            throw new SampleFault(400, "'" + name + "' is missing.", name, "missing_required_parameter");
        }
        if (json.get(name) instanceof JsonString text && !text.getString().isEmpty()) {
            return text.getString();
        }
        throw SampleFault.value(name, "must be a string");
    }

    private static boolean truth(JsonObject json, String name) throws SampleFault {
        JsonValue value = json.getOrDefault(name, JsonValue.FALSE);
        if (!value.equals(JsonValue.TRUE) && !value.equals(JsonValue.FALSE) && !value.equals(JsonValue.NULL)) {
            throw SampleFault.value(name, "must be true or false");
        }
        return value.equals(JsonValue.TRUE);
    }

    private static int number(JsonObject json, String name, int otherwise) throws SampleFault {
        JsonValue value = json.getOrDefault(name, JsonValue.NULL);
        if (value.equals(JsonValue.NULL)) {
            return otherwise;
        }
        if (value instanceof JsonNumber number && number.isIntegral() && number.longValue() >= 1) {
            return (int) Math.min(number.longValue(), Integer.MAX_VALUE);
        }
        throw SampleFault.value(name, "must be a whole number of at least 1");
    }

    private static int choices(JsonObject json) throws SampleFault {
        int n = number(json, "n", 1);
        if (n > MAX_CHOICES) {
            throw SampleFault.value("n", "must be at most " + MAX_CHOICES);
        }
        return n;
    }

    private static List<String> stops(JsonObject json) throws SampleFault {
        JsonValue value = json.getOrDefault("stop", JsonValue.NULL);
        List<String> stops = new ArrayList<>();
        for (JsonValue each : value instanceof JsonArray array ? array : List.of(value)) {
            if (each instanceof JsonString text && !text.getString().isEmpty()) {
                stops.add(text.getString());
            } else if (!each.equals(JsonValue.NULL) || value instanceof JsonArray) {
                throw SampleFault.value("stop", "must be a string, or an array of strings");
            }
        }
        if (stops.size() > MAX_STOPS) {
            throw SampleFault.value("stop", "must have at most " + MAX_STOPS + " strings");
        }
        return stops;
    }
}
