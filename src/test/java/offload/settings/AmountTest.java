package offload.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

    @ParameterizedTest
    @CsvSource({
        "90, 90000",
        "90 s, 90000",
        "250 ms, 250",
        "1.5 s, 1500",
        "0.0005, 1",
        "5m, 300000",
        "5 min, 300000",
        "2 h, 7200000",
        "1 d, 86400000",
        "1 D, 86400000",
        "500MS, 500",
    })
    void a_time_is_in_seconds_or_in_the_unit_behind_it(String text, long millis) {
        assertEquals(millis, Amount.millis(text));
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 4096",
        "7 B, 7",
        "2 KB, 2000",
        "2 KiB, 2048",
        "3 MB, 3000000",
        "3 MiB, 3145728",
        "4 GB, 4000000000",
        "4 GiB, 4294967296",
        "5 TB, 5000000000000",
        "5 TiB, 5497558138880",
        "1152921504606846976, 1152921504606846976",
        "1.5 KiB, 1536",
        "2kib, 2048",
    })
    void a_size_is_in_bytes_or_in_the_unit_behind_it(String text, long bytes) {
        assertEquals(bytes, Amount.bytes(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "1 week", "-1", "1e3", "1,5", "1 s 2", "9999999999999999 s", "9999999999999999999"})
    void what_is_none_is_none(String text) {
        assertNull(Amount.millis(text));
        assertNull(Amount.bytes(text));
    }
}
