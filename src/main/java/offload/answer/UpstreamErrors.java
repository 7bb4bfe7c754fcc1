package offload.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import offload.json.Json;
import offload.json.JsonFault;
import offload.turn.TurnError;
import org.jspecify.annotations.Nullable;

/** Turns what upstreams say of errors into ours. Stateless. */
public final class UpstreamErrors {
    private static final int MOST_CHARACTERS = 2000;

    /** The words of the statuses that errors have. */
    private static final Pattern KIND = Pattern.compile(
            "(?i)(bad request|unauthorized|payment required|forbidden|not found|method not allowed|not acceptable|conflict"
                    + "|request time-?out|gone|(payload|content) too large|unsupported media type|too many requests"
                    + "|unprocessable (entity|content)|internal server error|not implemented|bad gateway"
                    + "|service unavailable|gateway time-?out)\\.?");

    private static final String WHERE =
            " Check upstream.url, the base URL of its OpenAI-compatible API, which often ends in /v1.";

    private static final String USED_UP = "insufficient_quota";
    private static final Pattern STATUS = Pattern.compile("[45][0-9]{2}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    /** The types of errors that the same request meets again. */
    private static final Set<String> LASTING = Set.of(
            "invalid_request_error",
            "authentication_error",
            "permission_error",
            "not_found_error",
            "content_filter",
            USED_UP);

    /** Where upstreams have their words: as they are, in an object, or in a list of them. */
    private static final List<String> WORDS =
            List.of("message", "msg", "Message", "detail", "errors", "error_description", "title", "status_msg");

    private UpstreamErrors() {}

    /** An error that came as an event. */
    public static TurnError inStream(byte[] event) {
        JsonValue error = errorOf(event);
        // What is no JSON is the message itself.
        String message = error == null ? cut(new String(event, StandardCharsets.UTF_8)) : messageOf(error);
        return new TurnError(
                TurnError.UPSTREAM_ERROR,
                message == null ? "The upstream sent an error in the stream." : message,
                typeOf(error),
                mayPass(error),
                null);
    }

    /** Whether the same request may succeed later, as far as an error that came without an HTTP status tells. */
    private static boolean mayPass(@Nullable JsonValue error) {
        int status = error instanceof JsonObject object
                ? Math.max(statusIn(object.get("code")), statusIn(object.get("status")))
                : 0;
        return status == 0 ? !LASTING.contains(typeOf(error)) : mayPass(status, typeOf(error));
    }

    /** The HTTP status of an error that is the code of one, a number or, as LiteLLM has it, its digits; else 0. */
    private static int statusIn(@Nullable JsonValue code) {
        String text = code instanceof JsonString string ? string.getString() : String.valueOf(code);
        return STATUS.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }

    /** Whether the same request may succeed later. A quota that is used up comes with the status of a rate that passes. */
    private static boolean mayPass(int status, String type) {
        return isRetryable(status) && !type.equals(USED_UP);
    }

    private static boolean isRetryable(int status) {
        return status == 408 || status == 409 || status == 429 || status >= 500;
    }

    /** An answer with an HTTP status that is no success. */
    public static TurnError rejected(int status, byte[] body) {
        JsonValue error = errorOf(body);
        String message = messageOf(error);
        if (status >= 300 && status < 400) {
            message =
                    "The upstream answered " + status + ", a redirect, and redirects are never followed: the upstream's"
                            + " base URL must be the final one.";
        } else if (message == null || isForPath(status) && isKind(message)) {
            String words = message != null ? message.strip() : error == null ? PlainWords.of(body) : "";
            message = answered(status, words);
        }
        String type = typeOf(error);
        return new TurnError(TurnError.UPSTREAM_ERROR, message, type, mayPass(status, type), status);
    }

    private static String answered(int status, String words) {
        String told = "The upstream answered with HTTP status " + status + (words.isEmpty() ? "" : ": " + words);
        String sentence = words.isEmpty() || isForPath(status) && !told.endsWith(".") ? told + "." : told;
        return isForPath(status) ? sentence + WHERE : sentence;
    }

    /** Whether a server that does not know the path says so by this status. */
    private static boolean isForPath(int status) {
        return status == 404 || status == 405;
    }

    /** An answer that is none: {@code message} says why, {@code said} is the beginning of what came in its place. */
    public static TurnError invalid(String message, byte[] said) {
        String words = PlainWords.of(said);
        String told = words.isEmpty() ? message : message + " It begins: " + words;
        return TurnError.of(TurnError.UPSTREAM_INVALID, told, false);
    }

    /** An error as an event log tells it; {@code answered} is the HTTP status of the upstream's answer, if there was one. */
    public static TurnError logged(byte[] record, int from, int length, @Nullable Integer answered) throws JsonFault {
        JsonObject error = ((JsonObject) Json.value(record, from, length)).getJsonObject("error");
        String code = error.getString("code", TurnError.UPSTREAM_ERROR);
        String message = error.getString("message", "");
        String type = error.getString("type", "upstream_error");
        if (answered != null && code.equals(TurnError.UPSTREAM_ERROR) && isRefusal(answered)) {
            return new TurnError(code, message, type, mayPass(answered, type), answered);
        }
        boolean retryable = !code.equals(TurnError.UPSTREAM_INVALID) && !LASTING.contains(type);
        return new TurnError(code, message, type, retryable, null);
    }

    /** Whether an answer with this status is an error, whatever its body is. */
    private static boolean isRefusal(int status) {
        return status < 200 || status >= 300;
    }

    /** The body of an error answer for the status: its JSON, or its text as a JSON string; null where it is empty. */
    public static byte @Nullable [] body(byte[] body) {
        if (body.length == 0) {
            return null;
        }
        try {
            Json.value(body, 0, body.length);
            return body;
        } catch (JsonFault e) {
            String text = new String(body, StandardCharsets.UTF_8);
            return Json.quote(text).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static @Nullable JsonValue errorOf(byte[] body) {
        try {
            JsonValue value = firstOf(Json.value(body, 0, body.length));
            return value instanceof JsonObject object ? errorIn(object) : value;
        } catch (JsonFault e) {
            return null;
        }
    }

    /** Whether it tells nothing that the status does not. */
    private static boolean isKind(@Nullable String message) {
        return message == null || KIND.matcher(message.strip()).matches();
    }

    /** Micronaut, too, says which kind of error it is, and what is wrong in what is embedded. */
    private static JsonValue errorIn(JsonObject said) {
        JsonValue stated = StatedError.in(said);
        if (stated != null) {
            JsonValue first = firstOf(stated);
            // Web frameworks and gateways say there only which kind of error it is, and beside it what is wrong.
            String beside = messageOf(said);
            boolean tellsMore = beside != null && (!isKind(beside) || isKind(messageOf(first)));
            return first instanceof JsonStructure || !tellsMore ? first : said;
        }
        if (said.get("choices") instanceof JsonArray choices) {
            for (JsonValue choice : choices) {
                if (choice instanceof JsonObject object && object.get("error") instanceof JsonObject error) {
                    return error;
                }
            }
        }
        return said.get("_embedded") instanceof JsonObject within
                        && isKind(messageOf(said))
                        && messageOf(within) != null
                ? within
                : said;
    }

    /** Some upstreams put their error into a list. */
    private static JsonValue firstOf(JsonValue value) {
        return value instanceof JsonArray list && !list.isEmpty() ? list.getFirst() : value;
    }

    /** Its words; null where it has none, or only blank ones. */
    private static @Nullable String messageOf(@Nullable JsonValue error) {
        if (error instanceof JsonString text) {
            return wordIn(text).isEmpty() ? null : cut(text.getString());
        }
        if (!(error instanceof JsonObject object)) {
            return null;
        }
        for (String name : WORDS) {
            String message = object.containsKey(name) ? messageOf(firstOf(object.get(name))) : null;
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    private static String typeOf(@Nullable JsonValue error) {
        if (!(error instanceof JsonObject object)) {
            return "upstream_error";
        }
        // Some upstreams have only a code for it, as Azure, some a type of their own beside.
        String code = word(object.get("code"));
        String type = word(object.get("type"));
        if (code.equals(USED_UP)
                || type.isEmpty() && !code.isEmpty() && !NUMBER.matcher(code).matches()) {
            return code;
        }
        return type.isEmpty() ? "upstream_error" : type;
    }

    private static String word(@Nullable JsonValue said) {
        return said instanceof JsonString text ? cut(wordIn(text)) : "";
    }

    /** Gateways that are written in Python, such as LiteLLM, say that there is none by a word of that language. */
    private static String wordIn(JsonString text) {
        String word = text.getString().strip();
        return word.equals("None") ? "" : word;
    }

    /** Half of a character would make the whole status unreadable for strict readers of JSON, such as PHP's. */
    private static String cut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        boolean within = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, within ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
    }
}
