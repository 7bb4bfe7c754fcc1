package offload.http.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a date of HTTP looks like (RFC 9110, section 5.6.7). */
class HttpDateTest {
    @Test
    void a_day_has_two_digits_also_in_the_first_nine_of_a_month() {
        assertEquals("Fri, 01 Jan 2027 00:00:07 GMT", HttpDate.of(Instant.parse("2027-01-01T00:00:07.9Z")));
    }
}
