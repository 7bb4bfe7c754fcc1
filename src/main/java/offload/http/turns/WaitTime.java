package offload.http.turns;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.http.message.QueryParameter;
import offload.turn.ApiError;
import offload.turn.ApiException;

/** How long a status request may be held: {@code ?wait=N}, or {@code Prefer: wait=N} (RFC 7240). Stateless. */
final class WaitTime {
    private static final int MOST_SECONDS = 60;
    private static final Pattern PREFERENCE = Pattern.compile("(?i)(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d+)\"?");
    private static final HeaderName PREFER = HeaderNames.create("Prefer");

    private WaitTime() {}

    /** Milliseconds; 0 where nobody asked. */
    static long millis(ServerRequest request) {
        String asked = QueryParameter.first(request, "wait");
        if (asked != null && !asked.isEmpty()) {
            if (!asked.matches("\\d+(\\.\\d+)?")) {
                throw new ApiException(ApiError.INVALID_PARAMETER, "`wait` must be a number of seconds.", "wait");
            }
            return limited(asked);
        }
        // In whichever of its lines it stands (RFC 7240, section 2).
        String preferences = String.join(",", request.headers().all(PREFER, List::of));
        Matcher matcher = PREFERENCE.matcher(preferences);
        return matcher.find() ? limited(matcher.group(1)) : 0;
    }

    private static long limited(String seconds) {
        return Math.round(Math.min(MOST_SECONDS, Double.parseDouble(seconds)) * 1000);
    }
}
