package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaCheckTest {
    @ParameterizedTest
    @ValueSource(strings = {"25", "25+36-LTS", "25.0.1", "25.0.2+10", "26", "26+35"})
    void a_java_that_loses_threads_is_told_with_the_update_that_does_not(String version) {
        Finding finding = JavaCheck.of(Runtime.Version.parse(version));

        assertEquals(Finding.Grade.WARNING, finding.grade());
        String mended = version.startsWith("25") ? "25.0.3 has" : "26.0.1 has";
        assertTrue(
                finding.said().startsWith("Java " + version) && finding.said().contains(mended), finding.said());
    }

    @ParameterizedTest
    @ValueSource(strings = {"25.0.3+9-LTS", "25.0.4", "25.0.10", "25.1", "26.0.1", "27"})
    void a_later_one_is_good(String version) {
        assertEquals(Finding.good("java", version), JavaCheck.of(Runtime.Version.parse(version)));
    }

    @Test
    void this_one_is_looked_at() {
        assertEquals("java", JavaCheck.of(Runtime.version()).about());
    }
}
