package offload.http.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a date of HTTP looks like (RFC 9110, section 5.6.7). */
class HttpDateTest {
    @Test
    void a_day_has_two_digits_also_in_the_first_nine_of_a_month() {
        assertEquals("Fri, 01 Jan 2027 00:00:07 GMT", HttpDate.of(Instant.parse("2027-01-01T00:00:07.9Z")));
        assertEquals("Sun, 10 Jan 2027 23:59:59 GMT", HttpDate.of(Instant.parse("2027-01-10T23:59:59Z")));
    }

    @Test
    void each_second_has_its_own_date_and_so_has_one_that_comes_again() {
        assertEquals("Fri, 01 Jan 2027 00:00:07 GMT", HttpDate.at(1_798_761_607_000L));
        assertEquals("Fri, 01 Jan 2027 00:00:07 GMT", HttpDate.at(1_798_761_607_999L));
        assertEquals("Fri, 01 Jan 2027 00:00:08 GMT", HttpDate.at(1_798_761_608_000L));
        assertEquals("Fri, 01 Jan 2027 00:00:07 GMT", HttpDate.at(1_798_761_607_000L), "the clock was set back");
    }
}
