package offload.http.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Dates as HTTP has them: in GMT, with two digits for the day (RFC 9110, section 5.6.7). The web server's own have one for the
 * first nine days of a month, and stand still for as long as the clock was set back by. Any thread.
 */
public final class HttpDate {
    /** It needs no names of days in any language: what makes a pattern of them took 1.5 MB of a server that has just started. */
    private static final DateTimeFormatter ONE_DIGIT = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private static final int DAY = "Fri, ".length();

    private record Second(long second, String text) {}

    private static volatile Second last = new Second(Long.MIN_VALUE, "");

    private HttpDate() {}

    /** {@code time} to the second. */
    public static String of(Instant time) {
        String date = ONE_DIGIT.format(time);
        return date.charAt(DAY + 1) == ' ' ? date.substring(0, DAY) + '0' + date.substring(DAY) : date;
    }

    /** The time that {@code date} names; empty where that is none of HTTP's. */
    public static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, ONE_DIGIT).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
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
