package offload.fuzz;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import offload.address.AddressGuard;
import offload.address.BadWebhookUrl;
import offload.address.WebhookUrl;

/** A webhook's URL that is taken is no literal address of an inner network, not in another parser's eyes either. */
public final class UrlTarget {
    private static final AddressGuard GUARD = new AddressGuard(List.of());

    private UrlTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            WebhookUrl url = WebhookUrl.parse(text, GUARD);
            if (url.shown().contains("@")
                    && !text.substring(text.indexOf("//") + 2).contains("/")) {
                throw new AssertionError("user info is shown: " + url.shown());
            }
            second(new URI(text.strip()));
        } catch (BadWebhookUrl e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("a refusal needs a sentence", e);
            }
        } catch (URISyntaxException e) {
            // Then there is no second opinion.
        }
    }

    private static void second(URI uri) {
        if (uri.getHost() == null) {
            return;
        }
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        InetAddress address;
        try {
            address = host.contains(":") ? InetAddress.ofLiteral(host) : Inet4Address.ofPosixLiteral(host);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()) {
            throw new AssertionError("an inner address is taken: " + uri);
        }
    }
}
