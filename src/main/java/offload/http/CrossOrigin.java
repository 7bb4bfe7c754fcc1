package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import offload.http.message.Answers;
import offload.http.message.RequestTarget;
import offload.turn.ApiError;
import offload.turn.ApiException;

/**
 * Cross-origin resource sharing (WHATWG Fetch): who may call from pages of other origins, and the guard for servers whose
 * submissions need no key, where any page that the operator visits could spend his tokens. Any thread.
 */
final class CrossOrigin {
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String EXPOSED = "Location, ETag, Last-Modified, Retry-After, Content-Range, Accept-Ranges,"
            + " Allow, WWW-Authenticate, X-Request-Id, RateLimit, RateLimit-Policy, X-RateLimit-Limit,"
            + " X-RateLimit-Remaining, X-RateLimit-Reset, X-RateLimit-Requests-Limit, X-RateLimit-Requests-Remaining,"
            + " X-RateLimit-Requests-Reset";
    private static final String ACCEPTED =
            "Content-Type, Accept, Authorization, Last-Event-ID, Idempotency-Key, Prefer,"
                    + " Range, If-None-Match, If-Modified-Since, Cache-Control, X-API-Key, X-RapidAPI-Key, X-RapidAPI-Host,"
                    + " X-OpenAI-API-Key, X-OpenAI-Organization, X-OpenAI-Project, X-Request-Id";
    /** One name of a field that no proxy speaks by; a page may say it, whatever it is. */
    private static final Pattern PAGES_OWN = Pattern.compile(
            "(?i)(?!forwarded$|via$|x-forwarded|x-real-ip$|x-rapidapi-proxy-secret$)[\\w!#$%&'*+.^`|~-]+");

    private final CurrentSettings current;

    CrossOrigin(CurrentSettings current) {
        this.current = current;
    }

    /** Adds what a browser needs to let a page see the answer, and answers preflights. */
    void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.header("Vary", "Origin");
        Optional<String> origin = request.headers().first(HeaderNames.ORIGIN).filter(this::isAllowed);
        origin.ifPresent(from -> {
            response.header("Access-Control-Allow-Origin", from);
            response.header("Access-Control-Allow-Credentials", "true");
            response.header("Access-Control-Expose-Headers", EXPOSED);
        });
        boolean preflight = request.prologue().method().equals(Method.OPTIONS)
                && request.headers().contains(HeaderNames.create("Access-Control-Request-Method"));
        if (preflight && origin.isPresent()) {
            response.header("Access-Control-Allow-Methods", RequestTarget.ALLOWED);
            response.header("Access-Control-Allow-Headers", acceptedHeaders(request));
            response.header("Access-Control-Max-Age", "7200");
            Answers.empty(response, 204);
        } else {
            chain.proceed();
        }
    }

    /** Ours, and what else is asked for: tools that watch pages add fields of their own to every request, and it would fail. */
    private static String acceptedHeaders(RoutingRequest request) {
        String asked = request.headers()
                .first(HeaderNames.create("Access-Control-Request-Headers"))
                .orElse("");
        return Stream.concat(
                        Stream.of(ACCEPTED),
                        Pattern.compile(",")
                                .splitAsStream(asked)
                                .map(String::strip)
                                .filter(PAGES_OWN.asMatchPredicate()))
                .collect(Collectors.joining(", "));
    }

    private boolean isAllowed(String origin) {
        return current.http().origins().contains("*") || isNamed(origin);
    }

    private boolean isNamed(String origin) {
        return current.http().origins().contains(origin.toLowerCase(Locale.ROOT));
    }

    /** Refuses, where a request could spend or destroy without any key, pages of others and names that are not ours. */
    void guardKeyless(ServerRequest request) {
        // As it came: what is odd is not ours, though links would have to name us all the same.
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        if (!isOurs(host)) {
            throw new ApiException(
                    ApiError.HOST_NOT_ALLOWED,
                    "This server needs no key, so it answers to its own name only: set `public-url`, or require keys.");
        }
        String origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
        if (!origin.isEmpty() && !isNamed(origin) && !isSameOrigin(origin, host)) {
            throw new ApiException(
                    ApiError.ORIGIN_NOT_ALLOWED,
                    "This server needs no key, so pages of other origins are refused: name them in `cors.origins`, or"
                            + " require keys.");
        }
    }

    /** Whether a request calls the server by its name on its own machine: a proxy that says nothing of itself may keep another. */
    boolean isCalledLocally(ServerRequest request) {
        return isLocalName(name(request.headers().first(HeaderNames.HOST).orElse("")));
    }

    private boolean isOurs(String host) {
        PublicUrl fixed = current.http().publicUrl();
        return isLocalName(name(host))
                || fixed != null && name(host).equals(fixed.origin().host());
    }

    private boolean isLocalName(String name) {
        return LOCAL_NAMES.contains(name)
                || name.equalsIgnoreCase(current.http().hostInUrl());
    }

    private static String name(String host) {
        return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    private boolean isSameOrigin(String origin, String host) {
        PublicUrl fixed = current.http().publicUrl();
        return Origin.parse(origin)
                .filter(from -> from.isAt(host) || fixed != null && from.equals(fixed.origin()))
                .isPresent();
    }
}
