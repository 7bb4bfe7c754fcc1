package offload.testing;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request that a {@link ScriptedUpstream} received.
 *
 * @param head request line and fields, with their exact bytes
 * @param body the decoded body
 */
public record RecordedRequest(HttpHead head, byte[] body) {

    public String method() {
        return head.startLine().split(" ")[0];
    }

    /** Path and query as sent. */
    public String target() {
        return head.startLine().split(" ")[1];
    }

    public @Nullable String header(String name) {
        return head.header(name);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
