package offload.turn;

import java.util.List;
import offload.json.JsonMember;
import org.jspecify.annotations.Nullable;

/**
 * What a submission asks for, checked. Upstream parameters are kept as they were written.
 *
 * @param kind the endpoint
 * @param access who may read
 * @param timeoutMillis for the whole upstream call
 * @param connectTimeoutMillis for its connection
 * @param chain the earlier turn to go on from; null for none
 * @param conversationId the caller's own; null for none
 * @param webhookUrl null for none
 * @param model JSON text
 * @param messages the new messages: the text of a JSON array of objects
 * @param parameters every other upstream parameter, in the caller's order
 */
public record TurnRequest(
        TurnKind kind,
        Access access,
        long timeoutMillis,
        long connectTimeoutMillis,
        @Nullable ChainFrom chain,
        @Nullable String conversationId,
        @Nullable String webhookUrl,
        String model,
        String messages,
        List<JsonMember> parameters) {

    /**
     * An earlier turn to go on from.
     *
     * @param statusUrl as given: absolute, or a path
     * @param bearerToken null where none was given
     * @param maxLength code points of the earlier answer to keep; negative for all
     */
    public record ChainFrom(String statusUrl, @Nullable String bearerToken, long maxLength) {}

    /** The same request with at most these times, in milliseconds. */
    public TurnRequest within(long wholeMillis, long connectMillis) {
        return new TurnRequest(
                kind,
                access,
                Math.min(timeoutMillis, wholeMillis),
                Math.min(connectTimeoutMillis, connectMillis),
                chain,
                conversationId,
                webhookUrl,
                model,
                messages,
                parameters);
    }

    /** The raw value of an upstream parameter, or null. */
    public @Nullable String parameter(String name) {
        for (JsonMember member : parameters) {
            if (member.name().equals(name)) {
                return member.raw();
            }
        }
        return null;
    }

    /** Whether the upstream call streams: always, unless an async request itself says {@code "stream": false}. */
    public boolean streams() {
        return kind == TurnKind.STREAM || !"false".equals(parameter("stream"));
    }

    /** How many choices are asked for. */
    public int choices() {
        return choices(parameter("n"));
    }

    /** How many choices the raw parameter {@code n} asks for. */
    public static int choices(@Nullable String n) {
        return n != null && n.matches("[1-9]\\d{0,3}") ? Integer.parseInt(n) : 1;
    }
}
