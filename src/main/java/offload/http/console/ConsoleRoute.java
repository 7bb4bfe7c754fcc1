package offload.http.console;

import io.helidon.webserver.http.Handler;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The console: the page at {@code /}, its files below {@code /console}, the API reference at {@code /docs}, and
 * {@code /llms.txt}. All of it comes from the class path; none of it needs a build, a network or a key.
 */
public final class ConsoleRoute {
    private static final String PAGES = "/console";
    private static final String LIBRARIES = "/vendored";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8",
            "woff2", "font/woff2");

    private ConsoleRoute() {}

    /** Adds every path of the console to {@code routes}, with what answers GET and HEAD there: what is not there at the start is never looked for. */
    public static void addTo(BiConsumer<String, Handler> routes) {
        Instant now = Instant.now();
        ConsoleFiles.below(PAGES).stream()
                .filter(name -> !name.endsWith(".html"))
                .forEach(name -> add(routes, "/console/" + name, PAGES + '/' + name, now));
        ConsoleFiles.below(LIBRARIES)
                .forEach(name -> add(routes, "/console/vendor/" + name, LIBRARIES + '/' + name, now));
        ConsoleFile page = file(PAGES + "/index.html", now);
        routes.accept("/", (request, response) -> page.handle(request, response, ConsolePolicy.TYPED));
        add(routes, "/docs", PAGES + "/docs.html", now);
        add(routes, "/llms.txt", PAGES + "/llms.txt", now);
    }

    private static void add(BiConsumer<String, Handler> routes, String path, String resource, Instant modified) {
        ConsoleFile file = file(resource, modified);
        routes.accept(path, (request, response) -> file.handle(request, response, ConsolePolicy.STRICT));
    }

    private static ConsoleFile file(String resource, Instant modified) {
        String ending = resource.substring(resource.lastIndexOf('.') + 1);
        return new ConsoleFile(resource, TYPES.getOrDefault(ending, "application/octet-stream"), modified);
    }
}
