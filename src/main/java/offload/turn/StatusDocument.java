package offload.turn;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonMember;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The part of a status that never changes: who the turn is, where it is found and what was asked. It can be read back
 * from any status file of the turn, so that another process can finish what a dead one left.
 *
 * @param kind the endpoint of the submission
 * @param createdAt Unix seconds
 * @param conversationId as given, or made
 * @param statusUrl absolute
 * @param fromStatusUrl the earlier turn's, or null
 * @param optionsJson the text of {@code options}
 * @param parametersJson the text of {@code parameters}
 */
public record StatusDocument(
        TurnKind kind,
        long createdAt,
        String conversationId,
        String statusUrl,
        @Nullable String fromStatusUrl,
        String optionsJson,
        String parametersJson) {

    /** The options of a request. {@code webhookShown} is the webhook's URL without user info and query, or null. */
    public static String options(TurnRequest request, @Nullable String webhookShown) {
        JsonWriter out = new JsonWriter().beginObject();
        out.name("timeout").raw(seconds(request.timeoutMillis()));
        out.name("connect_timeout").raw(seconds(request.connectTimeoutMillis()));
        if (webhookShown != null) {
            out.name("webhook_url").value(webhookShown);
        }
        return out.endObject().toString();
    }

    /** The upstream parameters of a request with all its {@code messages}. */
    public static String parameters(TurnRequest request, String messages) {
        JsonWriter out = new JsonWriter().beginObject();
        out.name("model").raw(request.model()).name("messages").raw(messages);
        request.parameters().forEach(member -> out.name(member.name()).raw(member.raw()));
        return out.endObject().toString();
    }

    /** Milliseconds as JSON seconds, without a needless fraction. */
    static String seconds(long millis) {
        return java.math.BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
    }

    /** Reads the unchanging part back from a status file. */
    public static StatusDocument parse(byte[] status) throws JsonFault {
        Map<String, String> raw = new HashMap<>();
        List<JsonMember> members = Json.members(status);
        members.forEach(member -> raw.put(member.name(), member.raw()));
        JsonObject endpoints = objectOf(raw.get("endpoints"));
        JsonObject request = objectOf(raw.get("request"));
        boolean async = request.getString("endpoint", "").endsWith(TurnKind.ASYNC.endpoint());
        return new StatusDocument(
                async ? TurnKind.ASYNC : TurnKind.STREAM,
                Json.value(text(raw.get("created_at"))) instanceof JsonNumber number ? number.longValue() : 0,
                Json.value(text(raw.get("conversation_id"))) instanceof JsonString id ? id.getString() : "",
                endpoints.getString("status_url", ""),
                endpoints.getString("from_status_url", null),
                text(raw.get("options")),
                text(raw.get("parameters")));
    }

    private static JsonObject objectOf(@Nullable String raw) throws JsonFault {
        return Json.object(text(raw).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(@Nullable String raw) {
        return raw == null ? "{}" : raw;
    }

    /** The URL of a sibling: the status URL with {@code ending} in place of {@code .json}. */
    public String sibling(String ending) {
        return statusUrl.substring(0, statusUrl.length() - ".json".length()) + ending;
    }
}
