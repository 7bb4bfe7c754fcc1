package offload.http.message;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import offload.turn.ApiError;
import offload.turn.ApiException;

/**
 * The path of a request as it was sent, if it can be a path of this server at all. What could mean something else to
 * somebody behind or before it is refused before any routing: encoded separators, dots and controls, backslashes, dot
 * segments, empty segments, fragments. Stateless.
 */
public final class RequestTarget {
    private static final String NEVER_TAKEN = "TRACE";
    /** What the server takes in all, in the one order of every {@code Allow}. */
    public static final String ALLOWED = "GET, HEAD, POST, DELETE, OPTIONS";

    private static final Pattern MISLEADING =
            Pattern.compile("(?i)%(?:[0189a-f].|2e|2f|5c|7f|25)|\\\\|//|/\\.{1,2}(?:/|$)|[^!-~]");
    private static final HeaderName NO_NAME = HeaderNames.create("");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*)(/.*)?");
    /** A query that became part of the path: encoded, once or more often, or without its question mark. No path here holds such. */
    private static final Pattern ARGUMENTS = Pattern.compile("(?is)(%(?:25)*3[df]|[&;=]).*");

    private RequestTarget() {}

    /** The path, which begins with a slash, or is {@code *}. */
    public static String path(ServerRequest request) {
        String method = request.prologue().method().text();
        if (method.equals(NEVER_TAKEN)) {
            throw new ApiException(
                            ApiError.METHOD_NOT_ALLOWED,
                            "This server does not take " + method + ": use " + ALLOWED + ".")
                    .with("Allow", ALLOWED);
        }
        if (request.headers().contains(NO_NAME)) {
            throw refused("A header field has no name.");
        }
        String path = withoutAuthority(request.path().rawPath(), request);
        if (isMisleading(path) || request.prologue().fragment().hasValue()) {
            throw refused("This path holds what no URL of this server holds: send it as it was given to you.");
        }
        return path;
    }

    /** Whether a path holds what is in none of this server. */
    public static boolean isMisleading(String path) {
        return !isPlain(path) && MISLEADING.matcher(path).find();
    }

    /** Whether it is made like nearly all paths, so that nothing in it can mislead. */
    private static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '-' || c == '_';
            boolean dot = c == '.' && path.charAt(Math.max(0, i - 1)) != '/';
            boolean slash = c == '/' && (i == 0 || path.charAt(i - 1) != '/');
            if (!plain && !dot && !slash) {
                return false;
            }
        }
        return true;
    }

    /** The server that {@code target} names, if it has the absolute form. */
    public static Optional<String> authority(String target) {
        var absolute = ABSOLUTE.matcher(target);
        return absolute.lookingAt() && !absolute.group(1).isEmpty() ? Optional.of(absolute.group(1)) : Optional.empty();
    }

    /** What a log may hold of a raw path: an authority in front of it may hold a password, arguments behind it a token. */
    public static String shown(String path) {
        var absolute = ABSOLUTE.matcher(path);
        String bare =
                path.startsWith("/") ? path : absolute.matches() && absolute.group(2) != null ? absolute.group(2) : "-";
        return isPlain(bare) ? bare : ARGUMENTS.matcher(bare).replaceFirst("$1");
    }

    /** The absolute form of a target, which servers must take (RFC 9112 section 3.2.2), in the form that others have. */
    private static String withoutAuthority(String path, ServerRequest request) {
        if (path.startsWith("/") || path.equals("*")) {
            return path;
        }
        var absolute = ABSOLUTE.matcher(path);
        if (!absolute.matches()) {
            throw refused("The target of a request must be a path.");
        }
        if (!absolute.group(1).equalsIgnoreCase(request.authority())) {
            throw refused("The target of the request and its `Host` name different servers.");
        }
        return absolute.group(2) == null ? "/" : absolute.group(2);
    }

    private static ApiException refused(String sentence) {
        return new ApiException(ApiError.INVALID_REQUEST, sentence).with("Connection", "close");
    }
}
