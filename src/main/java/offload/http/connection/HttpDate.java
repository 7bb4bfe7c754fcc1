package offload.http.connection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Dates as HTTP has them: in GMT, with two digits for the day (RFC 9110, section 5.6.7). The web server's own have one for the
 * first nine days of a month, and stand still for as long as the clock was set back by. Any thread.
 */
public final class HttpDate {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private record Second(long second, String text) {}

    private static volatile Second last = new Second(Long.MIN_VALUE, "");

    private HttpDate() {}

    /** {@code time} to the second. */
    public static String of(Instant time) {
        return FORM.format(time);
    }

    /** The second that it is, written once for all who ask in it: every answer does. */
    public static String now() {
        return at(System.currentTimeMillis());
    }

    static String at(long millis) {
        long second = Math.floorDiv(millis, 1000L);
        Second known = last;
        if (known.second() != second) {
            known = new Second(second, of(Instant.ofEpochSecond(second)));
            last = known;
        }
        return known.text();
    }
}
