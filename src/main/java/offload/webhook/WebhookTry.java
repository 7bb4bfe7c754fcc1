package offload.webhook;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import offload.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One try to deliver a webhook.
 *
 * @param at when it began
 * @param took how long it took, in whole milliseconds
 * @param status the receiver's HTTP status, or 0 if there was none
 * @param error why it was no success, or null
 * @param answer the beginning of the receiver's answer, where it was no success; at most 256 characters
 * @param nextAt when the next try is due; null if there is none
 */
record WebhookTry(
        Instant at,
        Duration took,
        int status,
        @Nullable String error,
        @Nullable String answer,
        @Nullable Instant nextAt) {

    JsonObject toJson() {
        JsonObjectBuilder json = Json.createObjectBuilder().add("at", at.toString());
        if (status != 0) {
            json.add("status", status);
        }
        addIfPresent(json, "error", error);
        addIfPresent(json, "answer", answer);
        json.add("duration", took.toMillis() / 1000.0);
        addIfPresent(json, "next_at", nextAt);
        return json.build();
    }

    static WebhookTry fromJson(JsonObject json) {
        String next = json.getString("next_at", null);
        return new WebhookTry(
                Instant.parse(json.getString("at")),
                Duration.ofMillis(Math.round(json.getJsonNumber("duration").doubleValue() * 1000)),
                json.getInt("status", 0),
                json.getString("error", null),
                json.getString("answer", null),
                next == null ? null : Instant.parse(next));
    }

    private static void addIfPresent(JsonObjectBuilder json, String name, @Nullable Object value) {
        if (value != null) {
            json.add(name, value.toString());
        }
    }
}
