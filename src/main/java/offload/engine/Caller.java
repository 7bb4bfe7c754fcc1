package offload.engine;

import offload.turn.UpstreamKey;
import org.jspecify.annotations.Nullable;

/**
 * Who submits, as far as the upstream is concerned.
 *
 * @param key the caller's own upstream key; null where he sent none
 * @param organization sent on as {@code OpenAI-Organization}; null for none
 * @param project sent on as {@code OpenAI-Project}; null for none
 */
public record Caller(
        @Nullable UpstreamKey key,
        @Nullable String organization,
        @Nullable String project) {

    @Override
    public String toString() {
        return "Caller";
    }
}
