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
    private static final Pattern NOT_ACCEPTABLE = Pattern.compile("q=0(\\.0{0,3})?");

    /** What {@code field} says in {@code request}, in all its lines. */
    public static Accepted of(ServerRequest request, HeaderName field) {
        return of(request.headers().all(field, List::of));
    }

    /** Blanks are taken off part by part: a pattern that looks for them would go through a long row of them from each one on. */
    static Accepted of(List<String> lines) {
        Map<String, Boolean> names = new HashMap<>();
        for (String line : lines) {
            for (String element : line.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = element.split(";", -1);
                boolean acceptable = true;
                for (int i = 1; i < parts.length; i++) {
                    acceptable &= !NOT_ACCEPTABLE.matcher(parts[i].strip()).matches();
                }
                names.merge(parts[0].strip(), acceptable, Boolean::logicalOr);
            }
        }
        return new Accepted(names);
    }

    /** Whether {@code name}, in lower case, is acceptable; {@code unnamed} where nothing is said of it. */
    public boolean takes(String name, boolean unnamed) {
        return names.getOrDefault(name, unnamed);
    }
}
