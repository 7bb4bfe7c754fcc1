package offload.turn;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonMember;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a submission: tells service parameters, which are checked here, from upstream parameters, which
 * travel as they are. A service parameter that is null or an empty string counts as absent. For one thread.
 */
public final class SubmissionBody {
    /** The parameters that are meant for Offload and never sent on. */
    private static final Set<String> SERVICE = Set.of(
            "access",
            "timeout",
            "connect_timeout",
            "from_status_url",
            "from_bearer_token",
            "from_max_length",
            "conversation_id",
            "webhook_url");

    private static final double CONNECT_DEFAULT = 5;
    private static final int MAX_ID = 256;

    private final Map<String, JsonValue> service = new LinkedHashMap<>();
    private final Map<String, JsonMember> upstream = new LinkedHashMap<>();

    private SubmissionBody() {}

    /** Reads and checks a body; every fault is an {@link ApiException} that says what to do. */
    public static TurnRequest parse(TurnKind kind, byte[] utf8, RequestLimits limits) {
        SubmissionBody body = new SubmissionBody();
        try {
            body.sort(Json.members(utf8));
        } catch (JsonFault e) {
            throw new ApiException(
                    ApiError.INVALID_JSON, "The body must be one JSON object in UTF-8: " + e.getMessage() + ".");
        }
        return body.request(kind, limits);
    }

    private void sort(List<JsonMember> members) throws JsonFault {
        for (JsonMember member : members) {
            if (!SERVICE.contains(member.name())) {
                upstream.put(member.name(), member);
            } else if (!member.isNull() && !member.raw().equals("\"\"")) {
                service.put(member.name(), Json.value(member.raw()));
            }
        }
    }

    private TurnRequest request(TurnKind kind, RequestLimits limits) {
        String messages = MessageList.check(upstream.remove("messages"));
        return new TurnRequest(
                kind,
                access(),
                millis("timeout", limits.timeoutDefault(), RequestLimits.TIMEOUT_MIN, limits.timeoutMax()),
                millis("connect_timeout", CONNECT_DEFAULT, 1, 10),
                chain(),
                conversationId(),
                text("webhook_url"),
                model(upstream.remove("model"), limits),
                messages,
                List.copyOf(upstream.values()));
    }

    /** The one upstream parameter beside the messages that has a type here: statuses say it, and upstreams are chosen by it. */
    private static String model(@Nullable JsonMember model, RequestLimits limits) {
        if (model == null || model.isNull() || model.raw().equals("\"\"")) {
            return Json.quote(limits.model());
        }
        if (!model.raw().startsWith("\"")) {
            throw invalid("model", "must be a string");
        }
        return model.raw();
    }

    private Access access() {
        String word = text("access");
        if (word == null || word.equals(Access.PUBLIC.word())) {
            return Access.PUBLIC;
        }
        if (word.equals(Access.PRIVATE.word())) {
            return Access.PRIVATE;
        }
        throw invalid("access", "must be \"public\" or \"private\"");
    }

    private TurnRequest.@Nullable ChainFrom chain() {
        String url = text("from_status_url");
        String token = text("from_bearer_token");
        BigDecimal most = number("from_max_length");
        if (most != null && (most.signum() < 0 || most.stripTrailingZeros().scale() > 0)) {
            throw invalid("from_max_length", "must be a whole number of characters, 0 or more");
        }
        long length = most == null
                ? -1
                : most.min(BigDecimal.valueOf(Integer.MAX_VALUE)).longValue();
        return url == null ? null : new TurnRequest.ChainFrom(url, token, length);
    }

    private @Nullable String conversationId() {
        String id = text("conversation_id");
        if (id == null) {
            return null;
        }
        if (id.codePointCount(0, id.length()) > MAX_ID || id.codePoints().anyMatch(Character::isISOControl)) {
            throw invalid("conversation_id", "must be 1 to " + MAX_ID + " characters without control characters");
        }
        return id;
    }

    private long millis(String name, double preset, double least, double most) {
        BigDecimal seconds = number(name);
        if (seconds == null) {
            return Math.round(preset * 1000);
        }
        if (seconds.compareTo(BigDecimal.valueOf(least)) < 0 || seconds.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw invalid(name, "must be from " + plain(least) + " to " + plain(most) + " seconds");
        }
        return Math.round(seconds.doubleValue() * 1000);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private @Nullable String text(String name) {
        JsonValue value = service.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw invalid(name, "must be a string");
    }

    private @Nullable BigDecimal number(String name) {
        JsonValue value = service.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonNumber number
                && number.bigDecimalValue().precision() < 30
                && Math.abs((long) number.bigDecimalValue().scale()) < 400) {
            return number.bigDecimalValue();
        }
        throw invalid(
                name, value instanceof JsonNumber ? "is far out of range, or has too many digits" : "must be a number");
    }

    private static ApiException invalid(String name, String rule) {
        return new ApiException(ApiError.INVALID_PARAMETER, "`" + name + "` " + rule + ".", name);
    }
}
