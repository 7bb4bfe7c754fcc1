package offload.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import offload.http.message.RequestTarget;

/**
 * The base of all URLs where the operator names it, in one form: its text is that of the origin, and of the folder that a
 * proxy takes away.
 *
 * @param origin where it leads
 * @param folder empty, or {@code /offload}; without a slash at its end
 */
public record PublicUrl(Origin origin, String folder) {
    /**
     * Reads what the operator wrote; empty where that is.
     *
     * @throws IllegalArgumentException saying what to write instead of what gives no URLs that this server takes
     */
    public static Optional<PublicUrl> read(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(of(text));
    }

    private static PublicUrl of(String text) {
        URI url = url(text);
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw refused(text, "be without ? and #, and what follows them");
        }
        String authority = String.valueOf(url.getRawAuthority());
        if (!authority.chars().allMatch(c -> c < 128)) {
            throw refused(text, "have the name of its host in the ASCII form, which begins with xn--");
        }
        Origin origin = Origin.of(url)
                .orElseThrow(() -> refused(
                        text, "have a host of letters, digits and . - _ and, if it names one, a port from 1 to 65535"));
        String folder = Objects.requireNonNullElse(url.getRawPath(), "").replaceFirst("/+$", "");
        if (RequestTarget.isMisleading(folder)) {
            throw refused(text, "have a path as /offload is one: ASCII, without //, . and .. between slashes, and %2F");
        }
        return new PublicUrl(origin, folder);
    }

    private static URI url(String text) {
        String sort = "be an absolute http or https URL, such as https://offload.example.org";
        try {
            URI url = new URI(text);
            if ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme())) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(refused(text, sort).getMessage(), e);
        }
        throw refused(text, sort);
    }

    private static IllegalArgumentException refused(String text, String rule) {
        return new IllegalArgumentException('"' + text + "\" must " + rule);
    }

    @Override
    public String toString() {
        return origin + folder;
    }
}
