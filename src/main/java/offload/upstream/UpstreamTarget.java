package offload.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One upstream that the operator has named.
 *
 * @param name for messages and logs
 * @param models patterns of model names with {@code *}; empty takes every model
 * @param base its base URL
 * @param key the operator's own key for it; null where callers bring theirs
 * @param keyless whether it asks for no key at all, as the embedded one
 * @param headers further request headers
 * @param limits the most time that a call of it may take
 * @param streamOptions whether it takes {@code stream_options}
 */
public record UpstreamTarget(
        String name,
        List<String> models,
        URI base,
        @Nullable String key,
        boolean keyless,
        Map<String, String> headers,
        Limits limits,
        boolean streamOptions) {

    /**
     * The most that a call may take; a request that asks for less gets less.
     *
     * @param whole for the whole turn
     * @param connect for the connection
     */
    public record Limits(Duration whole, Duration connect) {}

    /** The same one at another address. */
    public UpstreamTarget at(URI address) {
        return new UpstreamTarget(name, models, address, key, keyless, headers, limits, streamOptions);
    }

    /** Whether it serves {@code model}. */
    public boolean serves(String model) {
        return models.isEmpty() || models.stream().anyMatch(pattern -> matches(pattern, model));
    }

    /** In one pass: a model is named by whoever submits, and may be megabytes long. */
    private static boolean matches(String pattern, String model) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return model.equals(pattern);
        }
        String last = parts[parts.length - 1];
        int at = parts[0].length();
        int end = model.length() - last.length();
        boolean found = at <= end && model.startsWith(parts[0]) && model.endsWith(last);
        for (int i = 1; i < parts.length - 1 && found; i++) {
            int part = model.indexOf(parts[i], at, end);
            found = part >= 0;
            at = part + parts[i].length();
        }
        return found;
    }

    @Override
    public String toString() {
        return "UpstreamTarget[" + name + "]";
    }
}
