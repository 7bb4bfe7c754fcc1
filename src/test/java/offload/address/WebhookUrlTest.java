package offload.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
    private static final AddressGuard STRICT = new AddressGuard(List.of());
    private static final AddressGuard LAX = new AddressGuard(Cidr.list("0.0.0.0/0 ::/0"));

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com/a, https, hooks.example.com:443, /a",
        "HTTP://Hooks.Example.COM, http, hooks.example.com:80, /",
        "http://hooks.example.com:, http, hooks.example.com:80, /",
        "http://hooks.example.com.:8080?x=1, http, hooks.example.com:8080, /?x=1",
        "https://8.8.8.8/x#fragment, https, 8.8.8.8:443, /x",
        "'https://[2001:4860:4860::8888]:444/x', https, '[2001:4860:4860:0:0:0:0:8888]:444', /x",
        "https://my_service.internal/x, https, my_service.internal:443, /x",
        "https://hooks.example.com:65535/, https, hooks.example.com:65535, /",
        "https://bücher.example/ü?q=ü, https, xn--bcher-kva.example:443, /%C3%BC?q=%C3%BC",
        "'https://a.example/a%2Fb/..;x=1//e?q=%26a[]=1&&=', https, a.example:443, '/a%2Fb/..;x=1//e?q=%26a[]=1&&='",
        "'https://a.example/{a}[b]|c\"<d>^`', https, a.example:443, '/%7Ba%7D%5Bb%5D%7Cc%22%3Cd%3E%5E%60'",
    })
    void a_url_is_taken_apart_into_what_is_called(String text, String scheme, String authority, String target)
            throws Exception {
        WebhookUrl url = WebhookUrl.parse(text, STRICT);
        assertEquals(scheme, url.endpoint().scheme());
        assertEquals(authority, url.endpoint().authority());
        assertEquals(target, url.target());
        assertNull(url.userInfo());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example.com/a",
                "//hooks.example.com/a",
                "/a",
                "https:hooks.example.com",
                "https:///a",
                "https://:80/",
                "ftp://hooks.example.com/",
                "file:///etc/passwd",
                "gopher://hooks.example.com/",
                "javascript://x/%0aalert(1)",
                "https://hooks.example.com:0/",
                "https://hooks.example.com:65536/",
                "https://hooks.example.com:99999999999/",
                "https://hooks.example.com:8a/",
                "https://hooks.example.com:80:80/",
                "https://hooks.example.com:-1/",
                "https://a@b@hooks.example.com/",
                "https://hooks.example.com\\@evil.example/",
                "https://hooks.example.com\\a",
                "https://hooks example.com/",
                " https://hooks.example.com/",
                "https://hooks.example.com/a b",
                "https://hooks.example.com/\r\nX: 1",
                "https://hooks.example.com/\u0000",
                "https://hooks.example.com/\u00a0",
                "https://hooks.example.com/\u2028",
                "https://hooks.example.com/\u009b31m",
                "https://hooks.example.com/%zz",
                "https://hooks.example.com/%",
                "https://%68ooks.example.com/",
                "https://hooks..example.com/",
                "https://.example.com/",
                "https://hooks.example.com../",
                "https://./",
                "https://-hooks.example.com/",
                "https://hooks.exa$mple.com/",
                "https://stra\u00dfe.example/",
                "https://a\u200db.example/",
                "https://a\u200cb.example/",
                "https://\u03bf\u03b4\u03cc\u03c2.example/",
                "https://[::1/",
                "https://::1/",
                "https://[]/",
                "https://[1.2.3.4]/",
                "https://[fe80::1%25eth0]/",
                "https://[2001:4860::8888]x/",
                "https://a:b:c%3ad%zz@hooks.example.com/",
                "https://a%3ab@hooks.example.com/",
                "https://%ff@hooks.example.com/",
                "https://a%0a@hooks.example.com/",
            })
    void what_two_parsers_might_read_differently_is_refused(String text) {
        assertThrows(BadWebhookUrl.class, () -> WebhookUrl.parse(text, LAX), text);
    }

    @Test
    void a_url_of_more_than_2048_characters_is_refused() throws Exception {
        String longest = "https://hooks.example.com/" + "a".repeat(2022);
        assertEquals(longest, WebhookUrl.parse(longest, LAX).text());
        assertThrows(BadWebhookUrl.class, () -> WebhookUrl.parse(longest + "a", LAX));
    }

    @Test
    void a_name_has_at_most_253_characters_and_63_between_its_dots() throws Exception {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertEquals(
                longest,
                WebhookUrl.parse("http://" + longest + "./", STRICT).endpoint().host());
        for (String bad : List.of(longest + "a", label + "a.example")) {
            assertThrows(BadWebhookUrl.class, () -> WebhookUrl.parse("http://" + bad + "/", STRICT), bad);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1.",
                "127.1",
                "127.0.1",
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0x7f.1",
                "0177.0.0.1",
                "127.0.0.01",
                "0x7f.0x0.0x0.0x1",
                "0",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "8.8.8.8.0x",
                "08.8.8.8",
                "１２７.０.０.１",
                "127。0。0。1",
                "①②⑦.0.0.1",
                "localhost",
                "LOCALHOST.",
                "foo.localhost",
                "ⓛocalhost",
                "[::]",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::ffff:8.8.8.8]",
                "[::127.0.0.1]",
                "[::8.8.8.8]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::808:808]",
                "[64:ff9b:1::1]",
                "[2002:7f00:1::]",
                "[2002:808:808::]",
                "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
                "[fe80::1]",
                "[fec0::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[ff02::1]",
                "[2001:db8::1]",
                "[3fff::1]",
                "[100::1]",
                "[5f00::1]",
                "[2001:2::1]",
                "[2001:10::1]",
                "[4000::1]",
                "[::ffff:0:127.0.0.1]",
            })
    void a_literal_that_is_not_public_is_refused_at_once_in_every_notation(String host) {
        String message = String.valueOf(
                assertThrows(BadWebhookUrl.class, () -> WebhookUrl.parse("http://" + host + ":8080/x", STRICT))
                        .getMessage());
        assertTrue(message.startsWith("`webhook_url` ") && message.endsWith("."), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.1", "0x7f000001", "[::ffff:127.0.0.1]", "2130706433", "[fe80::1%25lo]", "[fe80::1%25]"})
    void odd_notations_are_refused_even_where_the_address_is_allowed(String host) {
        assertThrows(BadWebhookUrl.class, () -> WebhookUrl.parse("http://" + host + "/x", LAX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "localhost", "a.localhost", "10.1.2.3"})
    void the_operator_may_allow_addresses_that_are_not_public(String host) throws Exception {
        AddressGuard guard = new AddressGuard(Cidr.list("127.0.0.0/8, ::1 10.0.0.0/8"));
        assertEquals("/x", WebhookUrl.parse("http://" + host + "/x", guard).target());
    }

    @Test
    void user_info_and_query_are_kept_but_never_shown() throws Exception {
        WebhookUrl url = WebhookUrl.parse("https://bob:p%40ss%C3%A9@hooks.example.com:8443/in?token=t#f", STRICT);
        assertEquals("bob:p@ssé", url.userInfo());
        assertEquals("/in?token=t", url.target());
        assertEquals("https://hooks.example.com:8443/in", url.shown());
        assertEquals(url.shown(), url.toString());
    }

    @Test
    void user_info_that_is_not_encoded_is_taken_as_it_is() throws Exception {
        WebhookUrl url = WebhookUrl.parse("https://b\uD83D\uDD11b:\u65e5\u672c@hooks.example.com/", STRICT);
        assertEquals("b\uD83D\uDD11b:\u65e5\u672c", url.userInfo());
    }

    @Test
    void a_refusal_never_tells_user_info_or_query() {
        for (String bad :
                List.of("https://bob:secret@10.0.0.1/?t=secret", "ftp://bob:secret@h/", "https://b:secret@h:x/")) {
            String message = String.valueOf(assertThrows(BadWebhookUrl.class, () -> WebhookUrl.parse(bad, STRICT))
                    .getMessage());
            assertFalse(message.contains("secret"), message);
        }
    }
}
