package offload.address;

import org.jspecify.annotations.Nullable;

/**
 * A webhook's address, read once by the one parser that serves both the check at submission and the call itself, so that
 * there is no second opinion on what its host is. Only http and https; user info becomes Basic authentication (RFC 7617)
 * and is never shown; a fragment is dropped. Immutable.
 */
public final class WebhookUrl {
    private final String text;
    private final String shown;
    private final WebhookHost host;
    private final Endpoint endpoint;
    private final String target;
    private final @Nullable String userInfo;

    WebhookUrl(
            String text, String shown, WebhookHost host, Endpoint endpoint, String target, @Nullable String userInfo) {
        this.text = text;
        this.shown = shown;
        this.host = host;
        this.endpoint = endpoint;
        this.target = target;
        this.userInfo = userInfo;
    }

    /**
     * Where a call goes.
     *
     * @param scheme {@code http} or {@code https}
     * @param host as it stands in the Host header, IPv6 addresses in brackets
     * @param port from 1 to 65535, the scheme's own if the URL names none
     */
    public record Endpoint(String scheme, String host, int port) {

        /** Host and port, for instance {@code hooks.example.com:443}: what calls are counted and limited by. */
        public String authority() {
            return host + ":" + port;
        }
    }

    /**
     * Reads {@code text} and refuses at once what {@code guard} would never let through: literal addresses that are not
     * public, in whatever notation.
     *
     * @throws BadWebhookUrl with a sentence for whoever sent it
     */
    public static WebhookUrl parse(String text, AddressGuard guard) throws BadWebhookUrl {
        WebhookUrl url = read(text);
        guard.check(url.host);
        return url;
    }

    /**
     * Reads {@code text} and does not judge its host: for what was taken before, and is shown or queued.
     *
     * @throws BadWebhookUrl as {@link #parse}
     */
    public static WebhookUrl read(String text) throws BadWebhookUrl {
        return WebhookUrlReader.read(text);
    }

    /** The URL as it was given, with user info and query: for the call, and for private files only. */
    public String text() {
        return text;
    }

    /** The URL without user info, query and fragment, else as it was given: what statuses, records and logs may hold. */
    public String shown() {
        return shown;
    }

    WebhookHost host() {
        return host;
    }

    /** Where a call goes. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Path and query exactly as they go on the wire, beginning with a slash. */
    public String target() {
        return target;
    }

    /** User and password, decoded, with a colon between them; null if the URL has none. */
    public @Nullable String userInfo() {
        return userInfo;
    }

    @Override
    public String toString() {
        return shown;
    }
}
