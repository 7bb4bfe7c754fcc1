package offload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import offload.address.Cidr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the operator names nobody, one, and several. */
class ListSettingsTest {
    private static final List<String> EMPTY = List.of(
            "cors.origins is \"\": it must be `none`, or what it shall hold",
            "trusted-proxies is \"\": it must be `none`, or what it shall hold");

    @TempDir
    Path folder = Path.of("");

    private OffloadConfig.Draft draft(String value, Map<String, String> variables) throws IOException {
        String yaml = "offload:\n  trusted-proxies: " + value + "\n  cors:\n    origins: " + value + "\n";
        Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
        return OffloadConfig.draft(file.toString(), variables::get);
    }

    private static void assertNobody(OffloadConfig.Draft draft) {
        assertEquals(List.of(), draft.faults());
        assertEquals(List.of(), draft.config().http().trustedProxies());
        assertEquals(List.of(), draft.config().http().origins());
    }

    @Test
    void whoever_trusts_nobody_says_none() throws IOException {
        assertNobody(draft("none", Map.of()));
        assertNobody(draft("[none]", Map.of()));
        assertNobody(draft("\"\"", Map.of("OFFLOAD_TRUSTED_PROXIES", "none", "OFFLOAD_CORS_ORIGINS", "none")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "[]", "[\"\"]", "\" \"", "\",\"", "# 10.1.0.0/16"})
    void an_empty_list_is_a_fault_where_leaving_it_out_means_somebody(String empty) throws IOException {
        assertEquals(EMPTY, draft(empty, Map.of()).faults());
    }

    /** They would be met by no page, and nobody would be told why. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://*.example.org",
                "https://*",
                "https://ex\u00e4mple.org",
                "https://a.example:99999",
                "https://a.example/",
                "a.example"
            })
    void an_origin_that_no_browser_sends_is_a_fault(String origin) {
        Map<String, String> one = Map.of("OFFLOAD_CORS_ORIGINS", "https://b.example, " + origin);
        assertEquals(
                List.of("cors.origins is \"" + origin
                        + "\": it must be * or whole origins without a path, such as https://app.example.org"),
                OffloadConfig.draft(null, one::get).faults());
    }

    @Test
    void origins_are_taken_as_browsers_say_them() {
        Map<String, String> some = Map.of(
                "OFFLOAD_CORS_ORIGINS",
                "HTTPS://A.example:443, http://localhost:5173, http://[::1]:8000, null, tauri://localhost,"
                        + " chrome-extension://abcdefgh");
        OffloadConfig.Draft draft = OffloadConfig.draft(null, some::get);
        assertEquals(List.of(), draft.faults());
        assertEquals(
                List.of(
                        "https://a.example",
                        "http://localhost:5173",
                        "http://[::1]:8000",
                        "null",
                        "tauri://localhost",
                        "chrome-extension://abcdefgh"),
                draft.config().http().origins());
    }

    @Test
    void so_is_an_empty_variable_whatever_the_file_says() throws IOException {
        Map<String, String> empty = Map.of("OFFLOAD_TRUSTED_PROXIES", "", "OFFLOAD_CORS_ORIGINS", " ");
        assertEquals(EMPTY, OffloadConfig.draft(null, empty::get).faults());
        assertEquals(EMPTY, draft("none", empty).faults());
        assertEquals(EMPTY, draft("[none]", empty).faults());
    }

    @Test
    void networks_may_stand_in_one_line_or_in_a_list() throws IOException {
        List<Cidr> both = List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("::1"));
        for (String written : List.of("\"10.1.0.0/16, ::1\"", "10.1.0.0/16 ::1", "[10.1.0.0/16, \"::1\"]")) {
            Path file = Files.writeString(
                    folder.resolve("networks.yaml"),
                    "offload:\n  trusted-proxies: " + written + "\n  webhook:\n    allow: " + written + "\n");
            OffloadConfig.Draft draft = OffloadConfig.draft(file.toString(), _ -> null);
            assertEquals(List.of(), draft.faults());
            assertEquals(both, draft.config().http().trustedProxies());
            assertEquals(both, draft.config().webhook().allow());
        }
    }
}
