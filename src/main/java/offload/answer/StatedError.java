package offload.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Where upstreams have their errors, and what is none: some have an empty {@code error} in every chunk. Stateless. */
final class StatedError {
    private StatedError() {}

    /**
     * The member {@code error} of {@code said}, or MiniMax's for it, {@code base_resp} with another {@code status_code} than
     * 0; null where there is none that says something.
     */
    static @Nullable JsonValue in(JsonObject said) {
        JsonValue error = said.get("error");
        if (error != null && says(error)) {
            return error;
        }
        return said.get("base_resp") instanceof JsonObject answer
                        && answer.get("status_code") instanceof JsonNumber code
                        && says(code)
                ? answer
                : null;
    }

    private static boolean says(JsonValue error) {
        return switch (error) {
            case JsonObject object -> !object.isEmpty();
            case JsonArray list -> !list.isEmpty();
            case JsonString text -> !text.getString().isEmpty();
            case JsonNumber code -> code.bigDecimalValue().signum() != 0;
            default -> !error.equals(JsonValue.NULL) && !error.equals(JsonValue.FALSE);
        };
    }

    /**
     * Whether a chunk is an error. With some upstreams the event itself is the error: {@code {"object":"error","message":...}};
     * with some a choice has it, {@code {"choices":[{"finish_reason":"error","error":{...}}]}}.
     */
    static boolean isEvent(JsonObject chunk) {
        return in(chunk) != null
                || chunk.get("object") instanceof JsonString kind
                        && kind.getString().equals("error")
                || chunk.get("choices") instanceof JsonArray choices
                        && choices.stream()
                                .anyMatch(choice -> choice instanceof JsonObject object
                                        && object.get("error") instanceof JsonObject error
                                        && !error.isEmpty());
    }
}
