package offload.http.head;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes a {@code Content-Encoding} that names no coding out of a head: {@code identity}, however often and in any case, is
 * that there is none (RFC 9110, sections 8.4.1 and 12.5.3). The web server looks for the field alone, and refuses a body that has one.
 * Stateless.
 */
final class NoCoding {
    private NoCoding() {}

    /** Before the web server looks at the body's fields. */
    static void takeOut(Headers head) {
        if (head instanceof WritableHeaders<?> written
                && head.contains(HeaderNames.CONTENT_ENCODING)
                && head.all(HeaderNames.CONTENT_ENCODING, List::of).stream().allMatch(NoCoding::isNone)) {
            written.remove(HeaderNames.CONTENT_ENCODING);
        }
    }

    /** A list may have empty elements (section 5.6.1). */
    private static boolean isNone(String line) {
        return Stream.of(line.split(",", -1))
                .map(String::strip)
                .allMatch(coding -> coding.isEmpty() || coding.equalsIgnoreCase("identity"));
    }
}
