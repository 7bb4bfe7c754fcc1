package offload.status;

import java.math.BigDecimal;
import offload.json.JsonSource;
import offload.json.JsonWriter;
import offload.turn.TurnKind;
import offload.turn.TurnRequest;
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
 * @param parameters the text of {@code parameters}, which has the whole history
 */
public record StatusDocument(
        TurnKind kind,
        long createdAt,
        String conversationId,
        String statusUrl,
        @Nullable String fromStatusUrl,
        String optionsJson,
        JsonSource parameters) {

    /** About what there is beside the messages, in bytes. */
    private static final int USUAL = 256;

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
    public static JsonSource parameters(TurnRequest request, String messages) {
        JsonWriter out = new JsonWriter(messages.length() + USUAL).beginObject();
        out.name("model").raw(request.model()).name("messages").raw(messages);
        request.parameters().forEach(member -> out.name(member.name()).raw(member.raw()));
        return JsonSource.of(out.endObject().toBytes());
    }

    /** Milliseconds as JSON seconds, without a needless fraction. */
    static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
    }

    /** The same with its parameters in {@code elsewhere}. */
    public StatusDocument withParameters(JsonSource elsewhere) {
        return new StatusDocument(kind, createdAt, conversationId, statusUrl, fromStatusUrl, optionsJson, elsewhere);
    }

    /** The URL of a sibling: the status URL with {@code ending} in place of {@code .json}. */
    public String sibling(String ending) {
        return statusUrl.substring(0, statusUrl.length() - ".json".length()) + ending;
    }
}
