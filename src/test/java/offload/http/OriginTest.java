package offload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://h.example:443, https://h.example",
        "http://h.example:80, http://h.example",
        "https://h.example:80, https://h.example:80",
        "HTTPS://H.Example, https://h.example",
        "http://my_host:8080, http://my_host:8080",
        "http://[::1]:80, http://[::1]",
    })
    void one_origin_has_one_text_the_one_that_browsers_send(String text, String said) {
        assertEquals(said, origin(text).toString());
        assertEquals(origin(said), origin(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "h.example",
                "ftp://h.example",
                "https://h.example/",
                "https://h.example:0",
                "https://h.example:65536",
                "https://h.example:443:443",
                "https://ev!l.example",
                "https://b\u00fccher.example",
            })
    void what_names_no_server_of_the_web_is_no_origin(String text) {
        assertTrue(Origin.parse(text).isEmpty());
    }

    @Test
    void a_host_names_an_origin_with_and_without_the_port_of_its_scheme() {
        assertTrue(origin("https://h.example").isAt("H.example:443"));
        assertTrue(origin("https://h.example:443").isAt("h.example"));
        assertFalse(origin("https://h.example").isAt("h.example:80"));
        assertFalse(origin("http://h.example").isAt("h.example:443"));
        assertFalse(origin("https://h.example").isAt("h.example.evil.example"));
    }

    private static Origin origin(String text) {
        return Origin.parse(text).orElseThrow();
    }
}
