package offload.engine.idempotency;

import jakarta.json.JsonObject;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonSource;
import offload.json.JsonWriter;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * What the file of an {@code Idempotency-Key} says: whose body it was, and what was answered.
 *
 * @param body a fingerprint of the first submission's
 * @param answer what it was answered; null while that is still to come
 */
record KeptAnswer(String body, @Nullable JsonObject answer) {

    /** Reads a file's content; a claim that is only half copied is one whose answer is still to come. */
    static KeptAnswer parse(byte[] content, String body) {
        try {
            JsonObject json = Json.object(content);
            return new KeptAnswer(
                    json.getString("body", ""), json.containsKey("answer") ? json.getJsonObject("answer") : null);
        } catch (JsonFault e) {
            return new KeptAnswer(body, null);
        }
    }

    /** What a submission with {@code other} as its body's fingerprint is answered; null while that is still to come. */
    @Nullable
    JsonObject to(String other) {
        if (!other.equals(body)) {
            throw new ApiException(
                    ApiError.IDEMPOTENCY_MISMATCH,
                    "This Idempotency-Key was used with another body, or at the other endpoint: send the same there, or a"
                            + " new key.",
                    "Idempotency-Key");
        }
        return answer;
    }

    JsonSource toSource() {
        JsonWriter out = new JsonWriter().beginObject().name("body").value(body);
        if (answer != null) {
            out.name("answer").value(answer);
        }
        return out.endObject().toSource();
    }
}
