package offload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import offload.turn.RequestLimits;
import org.junit.jupiter.api.Test;

/** What single settings, and settings together, may be. */
class OffloadConfigTest {

    @Test
    void the_usual_timeout_is_within_the_longest() {
        assertEquals(List.of(), faults(Map.of("OFFLOAD_TIMEOUT_DEFAULT", "120", "OFFLOAD_TIMEOUT_MAX", "2 m")));
        assertEquals(
                List.of("timeout.default is \"120 s\": it must be at most timeout.max, 90 s"),
                faults(Map.of("OFFLOAD_TIMEOUT_DEFAULT", "120")));
        assertEquals(
                List.of("timeout.default is \"60 s\": it must be at most timeout.max, 59.5 s"),
                faults(Map.of("OFFLOAD_TIMEOUT_DEFAULT", "1 m", "OFFLOAD_TIMEOUT_MAX", "59500 ms")));
    }

    @Test
    void who_only_shortens_the_longest_timeout_shortens_the_usual_one() throws Exception {
        for (String shorter : List.of("60", "1 m", "5 s", "59500 ms", "90")) {
            RequestLimits limits = requests(Map.of("OFFLOAD_TIMEOUT_MAX", shorter));
            assertEquals(limits.timeoutMax(), limits.timeoutDefault(), shorter);
        }
        assertEquals(90, requests(Map.of("OFFLOAD_TIMEOUT_MAX", "2 m")).timeoutDefault());
        assertEquals(
                20,
                requests(Map.of("OFFLOAD_TIMEOUT_MAX", "60", "OFFLOAD_TIMEOUT_DEFAULT", "20"))
                        .timeoutDefault());
    }

    @Test
    void no_proxy_is_sent_out_of_its_location() {
        for (String good : List.of("", "/files/", "/a/b.c/", "/.files/", "/..a/", "/a../", "/.../")) {
            assertEquals(List.of(), faults(Map.of("OFFLOAD_ACCEL_REDIRECT", good)));
        }
        for (String bad :
                List.of("/../", "/./", "/files/../", "/files/../other/", "/files/./", "/files", "files/", "/", "//")) {
            assertEquals(
                    List.of("accel-redirect: \"" + bad
                            + "\" must be a path of letters, digits, - _ and . that ends in a"
                            + " slash, without the segments . and .., such as /files/"),
                    faults(Map.of("OFFLOAD_ACCEL_REDIRECT", bad)));
        }
    }

    @Test
    void as_much_room_may_be_kept_free_as_the_fault_of_another_size_says() {
        for (String good : List.of("0", "1 TiB", "1152921504606846976")) {
            assertEquals(List.of(), faults(Map.of("OFFLOAD_STORAGE_MIN_FREE", good)));
        }
        assertEquals(
                List.of("storage.min-free is \"2000000 TiB\": it must be a size from 0 to 1152921504606846976 bytes,"
                        + " such as 4194304 or \"4 MiB\""),
                faults(Map.of("OFFLOAD_STORAGE_MIN_FREE", "2000000 TiB")));
    }

    @Test
    void metrics_have_a_port_or_are_off() {
        for (String good : List.of("off", "0", "65535")) {
            assertEquals(List.of(), faults(Map.of("OFFLOAD_METRICS_PORT", good)));
        }
        for (String bad : List.of("on", "65536", "-1")) {
            assertEquals(
                    List.of("metrics.port: \"" + bad + "\" must be `off` or a port from 0 to 65535"),
                    faults(Map.of("OFFLOAD_METRICS_PORT", bad)));
        }
    }

    private static RequestLimits requests(Map<String, String> variables) throws BadConfiguration {
        return OffloadConfig.draft(null, variables::get).usable().engine().requests();
    }

    private static List<String> faults(Map<String, String> variables) {
        return OffloadConfig.draft(null, variables::get).faults();
    }
}
