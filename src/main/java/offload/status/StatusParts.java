package offload.status;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonMember;
import offload.json.JsonSource;
import offload.turn.TurnKind;
import offload.turn.TurnRequest;
import org.jspecify.annotations.Nullable;

/**
 * A status file taken apart, so that another process can go on with the turn, or chain to it.
 *
 * @param document what never changes
 * @param times what was known of times
 * @param response the head of the upstream's response, as far as it was known
 * @param messagesJson the whole history that was sent
 * @param choices how many choices were asked for
 * @param body the body that the status had, JSON text; {@code null} as text where there was none
 */
public record StatusParts(
        StatusDocument document,
        TurnTimes times,
        ResponseFacts response,
        String messagesJson,
        int choices,
        String body) {

    /** Takes {@code status} apart; fails where it is no status. */
    public static StatusParts parse(byte[] status) throws JsonFault {
        StatusParts parts;
        try {
            parts = taken(status);
        } catch (RuntimeException e) {
            // Members are read as we wrote them, unchecked: what is damaged may lead anywhere.
            throw new JsonFault("it is no status");
        }
        if (!parts.document().statusUrl().endsWith(".json")) {
            throw new JsonFault("it has no status_url");
        }
        return parts;
    }

    /** The same of a turn that began at {@code millis}, if that is within the second that its status has. */
    public StatusParts begunAt(long millis) {
        long later = millis - times.requestAt();
        if (later < 0 || later >= 1000) {
            return this;
        }
        Long firstByteAt = times.firstByteAt();
        TurnTimes exact = new TurnTimes(
                millis,
                firstByteAt == null ? null : Long.valueOf(firstByteAt + later),
                times.finishedAt(),
                times.processedAt());
        return new StatusParts(document, exact, response, messagesJson, choices, body);
    }

    private static StatusParts taken(byte[] status) throws JsonFault {
        Map<String, String> members = raw(new String(status, StandardCharsets.UTF_8));
        JsonObject endpoints = object(members.get("endpoints"));
        JsonObject request = object(members.get("request"));
        Map<String, String> parameters = raw(text(members.get("parameters")));
        Map<String, String> response = raw(text(members.get("response")));
        boolean async = request.getString("endpoint", "").endsWith(TurnKind.ASYNC.endpoint());
        StatusDocument document = new StatusDocument(
                async ? TurnKind.ASYNC : TurnKind.STREAM,
                Json.value(text(members.get("created_at"))) instanceof JsonNumber number ? number.longValue() : 0,
                Json.value(text(members.get("conversation_id"))) instanceof JsonString id ? id.getString() : "",
                endpoints.getString("status_url", ""),
                endpoints.getString("from_status_url", null),
                text(members.get("options")),
                JsonSource.of(text(members.get("parameters"))));
        return new StatusParts(
                document,
                times(request),
                facts(response),
                parameters.getOrDefault("messages", "[]"),
                TurnRequest.choices(parameters.get("n")),
                response.getOrDefault("body", "null"));
    }

    private static Map<String, String> raw(String object) throws JsonFault {
        Map<String, String> raw = new HashMap<>();
        for (JsonMember member : Json.ownMembers(object.getBytes(StandardCharsets.UTF_8))) {
            raw.put(member.name(), member.raw());
        }
        return raw;
    }

    private static JsonObject object(@Nullable String raw) throws JsonFault {
        return Json.object(text(raw).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(@Nullable String raw) {
        return raw == null ? "{}" : raw;
    }

    private static TurnTimes times(JsonObject request) {
        Long requestAt = millis(request, "request_at");
        Long firstByteTime = millis(request, "first_byte_time");
        long start = requestAt == null ? 0 : requestAt;
        return new TurnTimes(start, firstByteTime == null ? null : Long.valueOf(start + firstByteTime), null, null);
    }

    private static @Nullable Long millis(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber seconds
                ? seconds.bigDecimalValue().multiply(BigDecimal.valueOf(1000)).longValue()
                : null;
    }

    private static ResponseFacts facts(Map<String, String> response) throws JsonFault {
        JsonValue code = Json.value(response.getOrDefault("status_code", "null"));
        JsonValue protocol = Json.value(response.getOrDefault("protocol", "null"));
        return new ResponseFacts(
                code instanceof JsonNumber number ? number.intValue() : null,
                protocol instanceof JsonString text ? text.getString() : null,
                response.getOrDefault("headers", "{}"));
    }
}
