package offload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://h.example, https://h.example",
        "https://h.example//, https://h.example",
        "https://h.example/chat///, https://h.example/chat",
        "HTTPS://H.Example:443/Chat, https://h.example/Chat",
        "http://my_host:8080/, http://my_host:8080",
        "http://[::1]:8080, http://[::1]:8080",
        "https://xn--bcher-kva.example, https://xn--bcher-kva.example",
        "https://h.example/a%20b/~c, https://h.example/a%20b/~c",
    })
    void it_has_one_form_without_slashes_at_the_end(String written, String base) {
        assertEquals(base, PublicUrl.read(written).orElseThrow().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://h.example, absolute http or https URL",
        "/chat, absolute http or https URL",
        "a b, absolute http or https URL",
        "https://h.example?x=1, without ? and #",
        "https://h.example/#b, without ? and #",
        "https:///chat, have a host",
        "https://h.example:99999, a port from 1 to 65535",
        "https://h.example:0, a port from 1 to 65535",
        "https://h.example:, a port from 1 to 65535",
        "https://b\u00fccher.example, begins with xn--",
        "https://h.example/../x, have a path as /offload is one",
        "https://h.example/a//b, have a path as /offload is one",
        "https://h.example/a%2fb, have a path as /offload is one",
        "https://h.example/caf\u00e9, have a path as /offload is one",
    })
    void what_gives_no_urls_that_this_server_takes_is_refused_with_what_to_write(String written, String said) {
        String told = String.valueOf(assertThrows(IllegalArgumentException.class, () -> PublicUrl.read(written))
                .getMessage());
        assertTrue(told.startsWith('"' + written + "\" must ") && told.contains(said), told);
    }

    @Test
    void nothing_written_is_none() {
        assertTrue(PublicUrl.read("").isEmpty());
    }
}
