package offload.http.message;

import io.helidon.http.HeaderName;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a field such as {@code Accept} says: names in any case, each with a weight, of which 0 is "not acceptable" (RFC 9110,
 * sections 8.3.1, 8.4.1 and 12.4.2). Of what is acceptable one is as good as another. Immutable.
 *
 * @param names whether each that is named, in lower case, is acceptable
 */
public record Accepted(Map<String, Boolean> names) {
    private static final Pattern PARAMETERS = Pattern.compile("\\s*;\\s*");
    private static final Pattern NOT_ACCEPTABLE = Pattern.compile("q=0(\\.0{0,3})?");

    /** What {@code field} says in {@code request}, in all its lines. */
    public static Accepted of(ServerRequest request, HeaderName field) {
        Map<String, Boolean> names = new HashMap<>();
        for (String line : request.headers().all(field, List::of)) {
            for (String element : line.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = PARAMETERS.split(element.strip(), -1);
                boolean acceptable = true;
                for (int i = 1; i < parts.length; i++) {
                    acceptable &= !NOT_ACCEPTABLE.matcher(parts[i]).matches();
                }
                names.merge(parts[0], acceptable, Boolean::logicalOr);
            }
        }
        return new Accepted(names);
    }

    /** Whether {@code name}, in lower case, is acceptable; {@code unnamed} where nothing is said of it. */
    public boolean takes(String name, boolean unnamed) {
        return names.getOrDefault(name, unnamed);
    }
}
