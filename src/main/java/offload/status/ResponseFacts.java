package offload.status;

import java.util.Map;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The head of the upstream's response, as statuses show it.
 *
 * @param statusCode null while there is none
 * @param protocol null while there is none
 * @param headersJson the text of a JSON object
 */
public record ResponseFacts(
        @Nullable Integer statusCode, @Nullable String protocol, String headersJson) {
    /** No response yet. */
    public static final ResponseFacts NONE = new ResponseFacts(null, null, "{}");

    /** The facts of a response that came. */
    public static ResponseFacts of(int statusCode, String protocol, Map<String, String> headers) {
        JsonWriter out = new JsonWriter().beginObject();
        headers.forEach((name, value) -> out.name(name).value(value));
        return new ResponseFacts(statusCode, protocol, out.endObject().toString());
    }
}
