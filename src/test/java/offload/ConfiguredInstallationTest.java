package offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import offload.cli.Installation;
import offload.cli.terminal.CommandFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredInstallationTest {

    private static Installation of(Map<String, String> variables) {
        return new ConfiguredInstallation(OffloadConfig.draft(null, variables::get));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 9000, http://127.0.0.1:9000",
        "0.0.0.0, 9000, http://127.0.0.1:9000",
        "'::', 9000, http://127.0.0.1:9000",
        "'::1', 9000, http://[::1]:9000",
        "localhost, 0, http://localhost:8080"
    })
    void a_client_on_this_machine_calls_where_the_server_listens(String host, String port, String address) {
        Map<String, String> variables = Map.of("OFFLOAD_HOST", host, "OFFLOAD_PORT", port, "OFFLOAD_AUTH", "open");
        assertEquals(address, of(variables).address());
    }

    /** An operator's command on the wrong folder does harm; a client needs none of what is wrong. */
    @Test
    void of_a_configuration_with_faults_only_a_client_makes_use() {
        Installation faulty = of(Map.of("OFFLOAD_PORT", "9000", "OFFLOAD_RETENTION_DAYS", "ten"));
        assertEquals("http://127.0.0.1:9000", faulty.address());
        assertEquals(
                CommandFault.UNUSABLE,
                assertThrows(CommandFault.class, faulty::dataFolder).code());
        assertEquals(
                CommandFault.UNUSABLE,
                assertThrows(CommandFault.class, faulty::retentionDays).code());
    }
}
