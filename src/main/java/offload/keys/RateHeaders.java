package offload.keys;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells clients where they stand, in the three ways that are in use: {@code X-RateLimit-Requests-*} for the monthly quota
 * and {@code X-RateLimit-*} for the rate (for the quota if there is no rate), as RapidAPI names them, with the seconds to
 * the reset; and the fields {@code RateLimit-Policy} and {@code RateLimit} of draft-ietf-httpapi-ratelimit-headers.
 */
final class RateHeaders {
    private final Map<String, String> headers = new LinkedHashMap<>();

    /**
     * Where a key stands with one of its limits.
     *
     * @param limit requests per window
     * @param used of them, this request included
     * @param window the window's whole length
     * @param reset until the next request becomes free
     */
    record Standing(long limit, long used, Duration window, Duration reset) {
        long remaining() {
            return Math.max(0, limit - used);
        }

        long resetSeconds() {
            return seconds(reset);
        }
    }

    RateHeaders quota(Standing quota) {
        put("X-RateLimit-Requests-", quota);
        put("X-RateLimit-", quota);
        draft("quota", quota);
        return this;
    }

    RateHeaders rate(Standing rate) {
        put("X-RateLimit-", rate);
        draft("rate", rate);
        return this;
    }

    RateHeaders retryAfter(Duration wait) {
        headers.put("Retry-After", Long.toString(seconds(wait)));
        return this;
    }

    Map<String, String> asMap() {
        return Map.copyOf(headers);
    }

    private void put(String beginning, Standing standing) {
        headers.put(beginning + "Limit", Long.toString(standing.limit()));
        headers.put(beginning + "Remaining", Long.toString(standing.remaining()));
        headers.put(beginning + "Reset", Long.toString(standing.resetSeconds()));
    }

    private void draft(String policy, Standing standing) {
        String name = '"' + policy + '"';
        append("RateLimit-Policy", name + ";q=" + standing.limit() + ";w=" + seconds(standing.window()));
        append("RateLimit", name + ";r=" + standing.remaining() + ";t=" + standing.resetSeconds());
    }

    private void append(String field, String member) {
        headers.merge(field, member, (before, more) -> before + ", " + more);
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
