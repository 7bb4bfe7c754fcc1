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
