package offload.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin of the web (RFC 6454), and so the one answer to whether two names are of one server. A port that is not named
 * is that of the scheme, and what is named may have any case.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case, an address of IPv6 in brackets
 * @param port from 1 to 65535
 */
public record Origin(String scheme, String host, int port) {
    private static final Pattern FORM = Pattern.compile("(https?)://([a-z0-9._~-]+|\\[[0-9a-f:.]+])(?::(\\d{1,5}))?");

    /** Reads what a browser says in {@code Origin}; empty where it is {@code null}, or anything but the web's. */
    public static Optional<Origin> parse(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        String named = form.group(3);
        int port = named == null ? portOf(form.group(1)) : Integer.parseInt(named);
        return port < 1 || port > 65_535
                ? Optional.empty()
                : Optional.of(new Origin(form.group(1), form.group(2), port));
    }

    /** Where {@code url}, which is absolute, leads to. */
    static Optional<Origin> of(URI url) {
        return Optional.ofNullable(url.getRawAuthority())
                .flatMap(authority -> parse(url.getScheme() + "://" + authority));
    }

    /** Whether a {@code Host} names it, which says nothing of the scheme. */
    boolean isAt(String authority) {
        return parse(scheme + "://" + authority).filter(this::equals).isPresent();
    }

    /** As a {@code Host} names it: without the port that the scheme has anyway. */
    String authority() {
        return port == portOf(scheme) ? host : host + ':' + port;
    }

    /** As browsers say it. */
    @Override
    public String toString() {
        return scheme + "://" + authority();
    }

    private static int portOf(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
