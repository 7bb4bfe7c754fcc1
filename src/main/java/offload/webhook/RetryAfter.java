package offload.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} field (RFC 9110 section 10.2.3): a number of seconds or a date. */
final class RetryAfter {
    private static final int MOST_DIGITS = 9;

    /** The form that is in use, and the two that recipients must still take (RFC 9110 section 5.6.7). */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /** The moment before which the receiver does not want the next try; null if it names none that can be read. */
    static @Nullable Instant parse(@Nullable String field, Instant now) {
        if (field == null) {
            return null;
        }
        String text = field.strip();
        if (text.matches("[0-9]+")) {
            // More digits name no time that could come; decades are as good.
            long seconds = text.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(text);
            return now.plus(Duration.ofSeconds(seconds));
        }
        return DATES.stream()
                .map(form -> date(text, form))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant date(String text, DateTimeFormatter form) {
        try {
            return ZonedDateTime.parse(text, form).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
