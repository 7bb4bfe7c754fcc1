package offload.http.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AcceptedTest {

    @Test
    void blanks_around_names_and_weights_are_no_part_of_them() {
        Accepted accepted = Accepted.of(List.of(" GZIP\t;\tq=0.00 , br ; q=0.5;x=y", "deflate"));
        assertEquals(Map.of("gzip", false, "br", true, "deflate", true), accepted.names());
        assertTrue(accepted.takes("*", true));
        assertFalse(accepted.takes("*", false));
    }

    /** Anybody may send it: where each blank is looked at once for each before it, a server is kept busy by a few heads. */
    @Test
    void a_long_row_of_blanks_is_read_once() {
        String blanks = " ".repeat(1_000_000);
        List<String> lines = List.of("gzip" + blanks + "x" + blanks + ";q=0");
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertEquals(1, Accepted.of(lines).names().size()));
    }
}
