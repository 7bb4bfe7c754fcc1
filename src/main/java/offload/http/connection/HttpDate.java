package offload.http.connection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Dates as HTTP has them: in GMT, with two digits for the day (RFC 9110, section 5.6.7). The web server's own have one for the
 * first nine days of a month, and stand still for as long as the clock was set back by. Stateless.
 */
public final class HttpDate {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    public static String of(Instant time) {
        return FORM.format(time);
    }

    public static String now() {
        return of(Instant.now());
    }
}
