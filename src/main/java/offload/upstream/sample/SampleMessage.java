package offload.upstream.sample;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One message of the conversation.
 *
 * @param role as in OpenAI's API
 * @param text its content in words; what is no text is left out
 * @param raw the whole message, as the seed of the answer
 */
record SampleMessage(String role, String text, String raw) {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    static List<SampleMessage> all(JsonObject request) throws SampleFault {
        JsonValue value = request.get("messages");
        if (value == null) {
            throw new SampleFault(400, "'messages' is missing.", "messages", "missing_required_parameter");
        }
        if (!(value instanceof JsonArray array) || array.isEmpty()) {
            throw SampleFault.value("messages", "must be an array with at least one message");
        }
        List<SampleMessage> messages = new ArrayList<>();
        for (JsonValue each : array) {
            messages.add(one(each, "messages[" + messages.size() + "]"));
        }
        return messages;
    }

    private static SampleMessage one(JsonValue value, String param) throws SampleFault {
        if (!(value instanceof JsonObject message)) {
            throw SampleFault.value(param, "must be an object");
        }
        if (!(message.get("role") instanceof JsonString role) || !ROLES.contains(role.getString())) {
            throw SampleFault.value(
                    param + ".role", "must be one of " + ROLES.stream().sorted().toList());
        }
        JsonValue content = message.getOrDefault("content", JsonValue.NULL);
        if (!(content instanceof JsonString || content instanceof JsonArray || content.equals(JsonValue.NULL))) {
            throw SampleFault.value(param + ".content", "must be a string or an array of parts");
        }
        return new SampleMessage(role.getString(), text(content), message.toString());
    }

    private static String text(JsonValue content) {
        return switch (content) {
            case JsonString text -> text.getString();
            case JsonArray parts ->
                parts.stream()
                        .map(SampleMessage::part)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" "));
            default -> "";
        };
    }

    private static String part(JsonValue part) {
        return part instanceof JsonObject object && object.get("text") instanceof JsonString text
                ? text.getString()
                : "";
    }

    /** What the last message of {@code role} says; empty without one. */
    static String last(List<SampleMessage> messages, String role) {
        return messages.stream()
                .filter(message -> message.role().equals(role))
                .reduce((first, second) -> second)
                .map(SampleMessage::text)
                .orElse("");
    }
}
