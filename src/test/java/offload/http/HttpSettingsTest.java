package offload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import offload.http.connection.GuardSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSettingsTest {
    private static final GuardSettings GUARD =
            new GuardSettings(1, 1, Duration.ZERO, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO);

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "offload.example, offload.example", "2001:db8::1, [2001:db8::1]"})
    void urls_and_host_name_an_address_of_ipv6_in_brackets(String host, String named) {
        HttpSettings settings = new HttpSettings(host, 8080, null, "1", List.of(), List.of(), "", 1, GUARD, true);
        assertEquals(named, settings.hostInUrl());
    }
}
