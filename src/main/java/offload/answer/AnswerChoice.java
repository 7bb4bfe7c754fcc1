package offload.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;
import offload.json.JsonWriter;
import offload.json.RawString;
import org.jspecify.annotations.Nullable;

/** One choice of an answer, put together from its deltas. Not for several threads at once. */
final class AnswerChoice {
    private final int index;
    private final MergedObject message;
    private final MergedObject rest;
    private @Nullable String finishReason;
    /** Whether it comes in pieces: some upstreams say with each piece, or at the end, the message again as a whole. */
    private boolean pieces;

    AnswerChoice(int index, Parts parts) {
        this.index = index;
        message = new MergedObject(parts);
        rest = new MergedObject(parts);
        parts.add();
    }

    void merge(JsonObject choice) {
        pieces |= choice.get("delta") instanceof JsonObject;
        choice.forEach((name, value) -> {
            switch (name) {
                case "index" -> {}
                case "delta" -> say(value);
                case "message" -> {
                    if (!pieces) {
                        say(value);
                    }
                }
                case "finish_reason" -> {
                    // Some upstreams send an empty one with every piece.
                    if (value instanceof JsonString reason
                            && !reason.getString().isEmpty()) {
                        finishReason = reason.getString();
                    }
                }
                case "logprobs" -> rest.merge(name, value);
                default -> tell(name, value);
            }
        });
    }

    /** What is said of the choice itself: of a list, such as the tokens' numbers, each piece has what is new. */
    private void tell(String name, JsonValue value) {
        if (value instanceof JsonArray) {
            rest.merge(name, value);
        } else {
            rest.replace(name, value);
        }
    }

    private void say(JsonValue said) {
        if (said instanceof JsonObject delta) {
            message.merge(delta);
        }
    }

    /** The text that pieces are added to. */
    RawString content() {
        pieces = true;
        return message.text("content");
    }

    @Nullable
    String finishReason() {
        return finishReason;
    }

    void writeTo(JsonWriter out) {
        out.beginObject().name("index").value(index).name("message").beginObject();
        String role = message.named("role");
        boolean unnamed = role == null || role.isEmpty();
        if (unnamed) {
            out.name("role").value("assistant");
        }
        message.writeMembers(out, unnamed ? Set.of("role") : Set.of());
        if (!message.has("content")) {
            out.name("content").value((String) null);
        }
        out.endObject();
        if (!rest.has("logprobs")) {
            rest.replace("logprobs", JsonValue.NULL);
        }
        rest.writeMembers(out, Set.of());
        out.name("finish_reason").value(finishReason).endObject();
    }
}
