package offload.keys;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
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
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            Long rate = number(json, "rate_per_minute");
            return new ServiceKey(
                    json.getString("name"),
                    json.getString("prefix"),
                    json.getString("sha256"),
                    Instant.parse(json.getString("created_at")),
                    number(json, "quota_per_month"),
                    rate == null ? null : Math.toIntExact(rate));
        }
    }

    private static @Nullable Long number(JsonObject json, String name) {
        JsonNumber number = json.getJsonNumber(name);
        return number == null ? null : number.longValueExact();
    }
}
