package offload.turn;

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

    AnswerChoice(int index, Parts parts) {
        this.index = index;
        message = new MergedObject(parts);
        rest = new MergedObject(parts);
        parts.add();
    }

    void merge(JsonObject choice) {
        choice.forEach((name, value) -> {
            switch (name) {
                case "index" -> {}
                case "delta", "message" -> {
                    if (value instanceof JsonObject delta) {
                        message.merge(delta);
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
                default -> rest.replace(name, value);
            }
        });
    }

    RawString content() {
        return message.text("content");
    }

    @Nullable
    String finishReason() {
        return finishReason;
    }

    void writeTo(JsonWriter out) {
        out.beginObject().name("index").value(index).name("message").beginObject();
        boolean unnamed = !message.has("role") || message.isNull("role");
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
