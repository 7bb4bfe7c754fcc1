package offload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What nobody expected, in the log. */
class ErrorMapperTest {

    @Test
    void a_fault_is_told_by_kind_and_place_on_one_line_without_what_the_request_said() {
        String told = ErrorMapper.places(new IllegalStateException("sk-secret\nof a request"));
        assertTrue(told.startsWith("java.lang.IllegalStateException at "), told);
        assertTrue(told.contains("ErrorMapperTest.java:"), told);
        assertFalse(told.contains("sk-secret"), told);
        assertEquals(1, told.lines().count());
    }
}
