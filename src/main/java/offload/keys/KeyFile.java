package offload.keys;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import offload.json.Json;
import offload.json.JsonFault;
import org.jspecify.annotations.Nullable;

/** A service key as the JSON text of its file. */
final class KeyFile {
    static final String ENDING = ".json";

    private KeyFile() {}

    static String write(ServiceKey key) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("name", key.name())
                .add("prefix", key.prefix())
                .add("sha256", key.sha256())
                .add("created_at", key.createdAt().toString());
        Long quota = key.quotaPerMonth();
        if (quota != null) {
            json.add("quota_per_month", quota);
        }
        Integer rate = key.ratePerMinute();
        if (rate != null) {
            json.add("rate_per_minute", rate);
        }
        return json.build() + "\n";
    }

    /** Reads what {@link #write} gave; throws some RuntimeException at anything else. */
    static ServiceKey read(String text) {
        try {
            JsonObject json = Json.object(text.getBytes(StandardCharsets.UTF_8));
            Long rate = number(json, "rate_per_minute");
            return new ServiceKey(
                    json.getString("name"),
                    json.getString("prefix"),
                    json.getString("sha256"),
                    Instant.parse(json.getString("created_at")),
                    number(json, "quota_per_month"),
                    rate == null ? null : Math.toIntExact(rate));
        } catch (JsonFault e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static @Nullable Long number(JsonObject json, String name) {
        JsonNumber number = json.getJsonNumber(name);
        return number == null ? null : number.longValueExact();
    }
}
