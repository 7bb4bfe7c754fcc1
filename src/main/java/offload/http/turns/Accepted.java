package offload.http.turns;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What {@code Accept} says of media types: they are named in any case, and a weight of 0 is "not acceptable" (RFC 9110, sections
 * 8.3.1 and 12.4.2). Of what is acceptable one is as good as another. Immutable.
 *
 * @param ranges whether each range that is named, in lower case, is acceptable
 */
record Accepted(Map<String, Boolean> ranges) {
    private static final Pattern NOT_ACCEPTABLE = Pattern.compile("q=0(\\.0{0,3})?");

    static Accepted of(ServerRequest request) {
        return of(String.join(",", request.headers().all(HeaderNames.ACCEPT, List::of)));
    }

    static Accepted of(String field) {
        Map<String, Boolean> ranges = new HashMap<>();
        for (String element : field.toLowerCase(Locale.ROOT).split(",", -1)) {
            List<String> parts = Pattern.compile(";")
                    .splitAsStream(element)
                    .map(String::strip)
                    .toList();
            boolean acceptable = parts.stream()
                    .skip(1)
                    .noneMatch(parameter -> NOT_ACCEPTABLE.matcher(parameter).matches());
            ranges.merge(parts.getFirst(), acceptable, Boolean::logicalOr);
        }
        return new Accepted(Map.copyOf(ranges));
    }

    /** Whether plain text is asked for by its name, and an event stream is not acceptable. */
    boolean plainTextOnly() {
        return takes("text/plain", false) && !takes("text/event-stream", takes("text/*", takes("*/*", false)));
    }

    private boolean takes(String range, boolean unnamed) {
        return ranges.getOrDefault(range, unnamed);
    }
}
