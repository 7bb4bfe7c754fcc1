package offload.webhook;

import org.jspecify.annotations.Nullable;

/**
 * A webhook's address, read once by the one parser that serves both the check at submission and the call itself, so that
 * there is no second opinion on what its host is. Only http and https; user info becomes Basic authentication (RFC 7617)
 * and is never shown; a fragment is dropped. Immutable.
 */
public final class WebhookUrl {
    private final String text;
    private final String shown;
    private final Endpoint endpoint;
    private final String target;
    private final @Nullable String userInfo;

    WebhookUrl(String text, String shown, Endpoint endpoint, String target, @Nullable String userInfo) {
        this.text = text;
        this.shown = shown;
        this.endpoint = endpoint;
        this.target = target;
        this.userInfo = userInfo;
    }

    /**
     * Where a call goes.
     *
     * @param scheme {@code http} or {@code https}
     * @param port from 1 to 65535, the scheme's own if the URL names none
     */
    record Endpoint(String scheme, WebhookHost host, int port) {

        /** Host and port, for instance {@code hooks.example.com:443}: what calls are counted and limited by. */
        String authority() {
            return host.name() + ":" + port;
        }
    }

    /**
     * Reads {@code text} and refuses at once what {@code guard} would never let through: literal addresses that are not
     * public, in whatever notation.
     *
     * @throws BadWebhookUrl with a sentence for whoever sent it
     */
    public static WebhookUrl parse(String text, AddressGuard guard) throws BadWebhookUrl {
        WebhookUrl url = WebhookUrlReader.read(text);
        guard.check(url.endpoint.host());
        return url;
    }

    /** The URL as it was given, with user info and query: for the call, and for private files only. */
    String text() {
        return text;
    }

    /** The URL without user info, query and fragment, else as it was given: what statuses, records and logs may hold. */
    public String shown() {
        return shown;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Path and query exactly as they go on the wire, beginning with a slash. */
    String target() {
        return target;
    }

    /** User and password, decoded, with a colon between them; null if the URL has none. */
    @Nullable
    String userInfo() {
        return userInfo;
    }

    @Override
    public String toString() {
        return shown;
    }
}
