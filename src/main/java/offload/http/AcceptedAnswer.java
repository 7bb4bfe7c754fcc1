package offload.http;

import jakarta.json.JsonObject;
import java.util.Map;
import offload.engine.StartedTurn;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonWriter;
import offload.turn.Access;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import offload.turn.TurnTokens;

/**
 * What a submission answers. It is rendered from a few facts, which may be kept for repetitions: the tokens are derived
 * anew each time and stored nowhere. Any thread.
 */
final class AcceptedAnswer {
    static final String STATUS_URL = "status_url";

    private static final Map<TurnKind, String> README = Map.of(
            TurnKind.STREAM,
            "Open `stream_events_url` with EventSource to watch the answer arrive, or `status_url` to see it as a whole.",
            TurnKind.ASYNC,
            "Ask for `status_url` until its `status` is `done` or `error`: the answer is in its `response.body`.");

    private final TurnTokens tokens;

    AcceptedAnswer(TurnTokens tokens) {
        this.tokens = tokens;
    }

    /** The facts of a turn that was started. */
    static JsonObject facts(StartedTurn turn) {
        JsonWriter out = new JsonWriter().beginObject();
        out.name("kind").value(turn.document().kind().name());
        out.name("path").value(turn.path().relative());
        out.name("created_at").value(turn.document().createdAt());
        out.name("conversation_id").value(turn.document().conversationId());
        out.name(STATUS_URL).value(turn.document().statusUrl());
        try {
            return Json.object(out.endObject().toBytes());
        } catch (JsonFault e) {
            throw new IllegalStateException("what was just written is JSON", e);
        }
    }

    /** The answer, JSON in UTF-8, from {@code facts}. */
    byte[] render(JsonObject facts) {
        TurnKind kind = TurnKind.valueOf(facts.getString("kind"));
        TurnPath path = TurnPath.parse(facts.getString("path")).orElseThrow();
        JsonWriter out = new JsonWriter().beginObject().name("status").value("success");
        out.name("created_at").value(facts.getJsonNumber("created_at").longValue());
        out.name("conversation_id").value(facts.getString("conversation_id"));
        out.name("README").value(README.get(kind));
        boolean isPrivate = path.access() == Access.PRIVATE;
        out.name("authorization")
                .beginObject()
                .name("access")
                .value(path.access().word());
        if (isPrivate) {
            out.name("bearer_token").value(tokens.bearer(path));
            out.name("stream_url_arg").value("stream_token=" + tokens.stream(path));
        }
        out.endObject();
        endpoints(out.name("endpoints"), kind, facts.getString(STATUS_URL), isPrivate ? tokens.bearer(path) : "");
        return out.endObject().toBytes();
    }

    private static void endpoints(JsonWriter out, TurnKind kind, String statusUrl, String bearer) {
        String start = statusUrl.substring(0, statusUrl.length() - ".json".length());
        out.beginObject().name(STATUS_URL).value(statusUrl);
        if (kind == TurnKind.STREAM) {
            out.name("stream_events_url").value(start + ".txt");
        }
        out.name("stop_url").value(start + "/stop");
        if (!bearer.isEmpty()) {
            out.name("bearer_token").value(bearer);
        }
        out.endObject();
    }
}
