package offload.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} field (RFC 9110 section 10.2.3): a number of seconds or a date. */
final class RetryAfter {

    private RetryAfter() {}

    /** The moment before which the receiver does not want the next try; null if it names none that can be read. */
    static @Nullable Instant parse(@Nullable String field, Instant now) {
        if (field == null) {
            return null;
        }
        String text = field.strip();
        if (text.matches("[0-9]{1,9}")) {
            return now.plus(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
