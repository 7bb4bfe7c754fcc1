package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import offload.turn.TurnPath;

/** The one place that knows how URLs look, both ways. Any thread. */
final class Links {
    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9._~-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");

    private final HttpSettings settings;
    private final Peers peers;

    Links(HttpSettings settings, Peers peers) {
        this.settings = settings;
        this.peers = peers;
    }

    /** The beginning of the URLs of turns, as the client of {@code request} sees them: {@code https://host/1/r/}. */
    String turns(ServerRequest request) {
        return base(request) + '/' + settings.shard() + "/r/";
    }

    /** The server's base URL as the client sees it, without a slash at its end. */
    String base(ServerRequest request) {
        PublicUrl fixed = settings.publicUrl();
        return fixed == null ? scheme(request) + "://" + authority(request) : fixed.toString();
    }

    /** Says of an answer that it has {@link #base}, in so far as that hangs on more of the request than its URL. */
    void vary(ServerResponse response) {
        if (settings.publicUrl() == null) {
            // Every answer hangs on the origin.
            response.header(HeaderNames.VARY, "Origin, X-Forwarded-Host, X-Forwarded-Proto");
        }
    }

    private String scheme(ServerRequest request) {
        String forwarded = peers.forwarded(request, "X-Forwarded-Proto").orElse("");
        if (forwarded.equalsIgnoreCase("https") || forwarded.equalsIgnoreCase("http")) {
            return forwarded.toLowerCase(Locale.ROOT);
        }
        return request.isSecure() ? "https" : "http";
    }

    private String authority(ServerRequest request) {
        return peers.forwarded(request, "X-Forwarded-Host")
                .filter(host -> AUTHORITY.matcher(host).matches())
                .orElseGet(() -> host(request));
    }

    /** The {@code Host} of the request, or the address that is listened on where it is odd. */
    String host(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.HOST)
                .filter(host -> AUTHORITY.matcher(host).matches())
                .orElse(settings.hostInUrl() + ':' + settings.port());
    }

    /** The turn that a path of this server names, with {@code ending} behind it; empty where it names none. */
    Optional<TurnPath> turn(String rawPath, String ending) {
        String start = '/' + settings.shard() + "/r/";
        if (!rawPath.startsWith(start)
                || !rawPath.endsWith(ending)
                || rawPath.length() < start.length() + ending.length()) {
            return Optional.empty();
        }
        return TurnPath.parse(rawPath.substring(start.length(), rawPath.length() - ending.length()));
    }

    /** The turn that a status URL names: absolute, and of this very server, or a path only. */
    Optional<TurnPath> turnOfStatusUrl(String url, ServerRequest request) {
        try {
            URI uri = new URI(url.strip());
            String path = uri.getRawPath();
            if (path == null
                    || uri.isAbsolute() && !isOwn(uri, request)
                    || !uri.isAbsolute() && uri.getRawAuthority() != null) {
                return Optional.empty();
            }
            PublicUrl fixed = settings.publicUrl();
            String folder = fixed == null ? "" : fixed.folder();
            boolean prefixed = !folder.isEmpty() && path.startsWith(folder + "/");
            return turn(prefixed ? path.substring(folder.length()) : path, ".json");
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isOwn(URI uri, ServerRequest request) {
        PublicUrl fixed = settings.publicUrl();
        String ours = fixed == null ? authority(request) : fixed.origin().authority();
        return Origin.of(uri)
                .filter(origin -> origin.isAt(ours) || origin.isAt(host(request)))
                .isPresent();
    }
}
