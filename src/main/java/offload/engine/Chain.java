package offload.engine;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import offload.files.DataFolder;
import offload.files.WholeFile;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonWriter;
import offload.status.StatusParts;
import offload.status.StatusText;
import offload.turn.Access;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.MessageList;
import offload.turn.TurnPath;
import offload.turn.TurnRequest.ChainFrom;
import offload.turn.TurnTokens;

/**
 * Goes on from an earlier turn: its messages, its answer as the assistant's message, then the new ones. The earlier turn
 * is looked up on disk, never fetched. Any thread.
 */
public final class Chain {
    private static final String PARAM = "from_status_url";

    private final DataFolder data;
    private final TurnTokens tokens;

    Chain(DataFolder data, TurnTokens tokens) {
        this.data = data;
        this.tokens = tokens;
    }

    /**
     * What an earlier turn hands on.
     *
     * @param messagesJson its messages and its answer: the text of a JSON array
     * @param conversationId its conversation
     * @param statusUrl where it is
     */
    record Earlier(String messagesJson, String conversationId, String statusUrl) {}

    /** The memory for it is added to what {@code hold} has for the new messages, {@code bytes}. */
    Earlier load(TurnPath path, ChainFrom from, DocumentMemory.Hold hold, long bytes) throws IOException {
        if (path.access() == Access.PRIVATE && !tokens.isBearer(path, from.bearerToken())) {
            throw new ApiException(
                    ApiError.TOKEN_REQUIRED,
                    "The conversation of `from_status_url` is private: send its `bearer_token` as `from_bearer_token`.",
                    "from_bearer_token");
        }
        Path file = data.files(path).status();
        hold.become(DocumentMemory.SUBMISSION * (bytes + file.toFile().length()), ApiError.TOO_MANY_TURNS);
        byte[] status = WholeFile.read(file);
        if (status == null) {
            throw new ApiException(
                    ApiError.INVALID_PARAMETER, "`from_status_url` names no conversation of this service.", PARAM);
        }
        try {
            StatusParts parts = StatusParts.parse(status);
            checkDone(status);
            String answer = '[' + assistant(parts.body(), from.maxLength()) + ']';
            return new Earlier(
                    MessageList.join(parts.messagesJson(), answer),
                    parts.document().conversationId(),
                    parts.document().statusUrl());
        } catch (JsonFault e) {
            throw new IOException("the status file of " + path.relative() + " is damaged: " + e.getMessage());
        }
    }

    private static void checkDone(byte[] status) throws JsonFault {
        if (!StatusText.isFinal(status)) {
            throw new ApiException(
                    ApiError.NOT_FINISHED,
                    "The conversation of `from_status_url` is not finished: wait until its status is `done`.",
                    PARAM);
        }
        if (!StatusText.isDone(status)) {
            throw new ApiException(
                    ApiError.NOT_FINISHED,
                    "The conversation of `from_status_url` failed: go on from an earlier one that is `done`.",
                    PARAM);
        }
    }

    private static String assistant(String body, long maxLength) throws JsonFault {
        JsonObject message = firstMessage(Json.value(body));
        JsonWriter out =
                new JsonWriter().beginObject().name("role").value("assistant").name("content");
        boolean calls = message.get("tool_calls") instanceof JsonArray list && !list.isEmpty();
        JsonValue content = said(message);
        if (content instanceof JsonString text) {
            out.value(cut(text.getString(), maxLength));
        } else if (content.equals(JsonValue.NULL)) {
            out.value(calls ? null : "");
        } else if (content instanceof JsonArray parts) {
            parts(out, parts, maxLength);
        } else {
            out.value(content);
        }
        for (String name : new String[] {"refusal", "tool_calls", "function_call"}) {
            JsonValue said = message.getOrDefault(name, JsonValue.NULL);
            if (!said.equals(JsonValue.NULL) && (calls || !name.equals("tool_calls"))) {
                out.name(name);
                if (said instanceof JsonString refusal) {
                    out.value(cut(refusal.getString(), maxLength));
                } else {
                    out.value(called(said));
                }
            }
        }
        return out.endObject().toString();
    }

    /** Calls as they were; but one without arguments gets an empty object, without which the very upstream refuses it. */
    private static JsonValue called(JsonValue said) {
        if (!(said instanceof JsonArray calls)) {
            return said instanceof JsonObject function ? withArguments(function) : said;
        }
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (JsonValue call : calls) {
            all.add(
                    call instanceof JsonObject tool && tool.get("function") instanceof JsonObject function
                            ? Json.createObjectBuilder(tool)
                                    .add("function", withArguments(function))
                                    .build()
                            : call);
        }
        return all.build();
    }

    private static JsonObject withArguments(JsonObject function) {
        JsonValue arguments = function.getOrDefault("arguments", JsonValue.NULL);
        boolean none = arguments.equals(JsonValue.NULL)
                || arguments instanceof JsonString text && text.getString().isEmpty();
        return none ? Json.createObjectBuilder(function).add("arguments", "{}").build() : function;
    }

    /** What was spoken as its transcript: the sound itself is with the upstream, and there for an hour only. */
    private static JsonValue said(JsonObject message) {
        JsonValue content = message.getOrDefault("content", JsonValue.NULL);
        boolean silent = content.equals(JsonValue.NULL)
                || content instanceof JsonString text && text.getString().isEmpty();
        return silent
                        && message.get("audio") instanceof JsonObject audio
                        && audio.get("transcript") instanceof JsonString transcript
                ? transcript
                : content;
    }

    /** Of the texts among them as many characters as of a text; what is no text, such as thoughts, stays. */
    private static void parts(JsonWriter out, JsonArray parts, long maxLength) {
        long left = maxLength;
        out.beginArray();
        for (JsonValue part : parts) {
            if (maxLength >= 0 && part instanceof JsonObject object && object.get("text") instanceof JsonString text) {
                String kept = cut(text.getString(), left);
                left -= kept.codePointCount(0, kept.length());
                if (!kept.isEmpty()) {
                    out.value(Json.createObjectBuilder(object).add("text", kept).build());
                }
            } else {
                out.value(part);
            }
        }
        out.endArray();
    }

    private static JsonObject firstMessage(JsonValue body) {
        if (body instanceof JsonObject object
                && object.get("choices") instanceof JsonArray choices
                && !choices.isEmpty()
                && choices.get(0) instanceof JsonObject choice
                && choice.get("message") instanceof JsonObject message) {
            return message;
        }
        return JsonObject.EMPTY_JSON_OBJECT;
    }

    private static String cut(String text, long maxLength) {
        if (maxLength < 0 || text.codePointCount(0, text.length()) <= maxLength) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, (int) maxLength));
    }
}
