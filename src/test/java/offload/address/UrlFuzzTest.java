package offload.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** URLs put together at random from what attackers put together. {@code -Doffload.webhook.urls=10000000} makes more. */
class UrlFuzzTest {
    private static final int COUNT = Integer.getInteger("offload.webhook.urls", 30_000);
    private static final List<String> PIECES = List.of(
            "http://",
            "https://",
            "HTTP://",
            "//",
            "/",
            "\\",
            "@",
            ":",
            ":80",
            ":443",
            ":0",
            "?",
            "#",
            "%",
            "%40",
            "%2f",
            "%00",
            "%0d%0a",
            ".",
            "..",
            "a",
            "b.example",
            "localhost",
            "127.0.0.1",
            "127.1",
            "0x7f.1",
            "017700000001",
            "2130706433",
            "10.0.0.1",
            "8.8.8.8",
            "[::1]",
            "[",
            "]",
            "::",
            "ffff:",
            "fe80::1%25eth0",
            "[2001:4860:4860::8888]",
            "\u3002",
            "\uff11",
            "\u2460",
            "\u00df",
            "\u200d",
            " ",
            "\t",
            "\n",
            "x-",
            "xn--",
            "-",
            "_",
            ";",
            "&",
            "=",
            "user:pass@",
            "169.254.169.254",
            "[::ffff:8.8.8.8]");

    @Test
    void what_passes_is_public_and_is_read_alike_by_the_platforms_own_parser() {
        AddressGuard guard = new AddressGuard(List.of());
        Random random = new Random(Long.getLong("offload.webhook.seed", 1));
        int passed = 0;
        for (int i = 0; i < COUNT; i++) {
            String text = random(random);
            try {
                check(WebhookUrl.parse(text, guard), text, guard);
                passed++;
            } catch (BadWebhookUrl e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("`webhook_url` "), text);
            }
        }
        assertTrue(passed > COUNT / 200, "only " + passed + " passed");
    }

    private static void check(WebhookUrl url, String text, AddressGuard guard) {
        WebhookUrl.Endpoint endpoint = url.endpoint();
        InetAddress literal = url.host().literal();
        assertNull(literal == null ? null : guard.refusal(literal), text);
        assertFalse(url.host().isLocalhost(), text);
        assertFalse(
                url.shown().contains("@")
                        && !text.contains("/@")
                        && !url.shown().matches(".*//[^/]*/.*@.*"),
                text);
        URI read = URI.create(endpoint.scheme() + "://" + endpoint.authority() + url.target());
        assertEquals(
                read.getRawPath() + (read.getRawQuery() == null ? "" : "?" + read.getRawQuery()), url.target(), text);
        assertEquals(endpoint.scheme(), text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT), text);
        // Hosts with an underscore are names to resolvers but not to java.net.URI.
        if (read.getHost() != null) {
            assertEquals(endpoint.host(), read.getHost(), text);
            assertEquals(endpoint.port(), read.getPort(), text);
        }
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "" : "http://");
        int pieces = 1 + random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
