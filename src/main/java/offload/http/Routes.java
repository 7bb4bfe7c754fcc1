package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import offload.http.console.ConsoleRoute;
import offload.http.head.Refusals;
import offload.http.message.Answers;
import offload.http.message.RequestTarget;
import offload.http.turns.TurnHandler;
import offload.http.turns.TurnRoutes;
import offload.turn.Access;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnKind;
import offload.turn.TurnPath;

/**
 * Every URL of the server, on one screen. A path is compared as it was sent: nothing is decoded, so nothing encoded can
 * mean something else. Methods that a path does not know are 405 with {@code Allow}; HEAD is served wherever GET is.
 */
final class Routes {
    private final Map<String, Map<String, Handler>> fixed = new LinkedHashMap<>();
    private final Map<String, Map<String, TurnHandler>> turns = new LinkedHashMap<>();
    private final Links links;

    Routes(Links links, SubmitRoute submit, TurnRoutes turn, HealthRoute health) {
        this.links = links;
        post("/v1/stream-chatgpt", (request, response) -> submit.handle(TurnKind.STREAM, request, response));
        post("/v1/async-chatgpt", (request, response) -> submit.handle(TurnKind.ASYNC, request, response));
        fixed.put("*", Map.of("OPTIONS", (request, response) -> options(RequestTarget.ALLOWED, response)));
        get("/openapi.json", new OpenApiRoute(links)::handle);
        get("/health", health::whole);
        get("/health/ready", health::ready);
        get("/health/live", health::live);
        ConsoleRoute.addTo(this::get);
        turns.put(".json", Map.of("GET", turn.status(), "HEAD", turn.status(), "DELETE", turn.delete()));
        turns.put(".txt", Map.of("GET", turn.events(), "HEAD", turn.events()));
        turns.put(".raw", Map.of("GET", turn.raw(), "HEAD", turn.raw()));
        turns.put(".webhook.json", Map.of("GET", turn.webhook(), "HEAD", turn.webhook()));
        turns.put("/stop", Map.of("GET", turn.stop(), "POST", turn.stop(), "DELETE", turn.stop()));
    }

    private void get(String path, Handler handler) {
        fixed.put(path, Map.of("GET", handler, "HEAD", handler));
    }

    private void post(String path, Handler handler) {
        fixed.put(path, Map.of("POST", handler));
    }

    void register(HttpRouting.Builder routing, HttpNumbers numbers) {
        routing.any(ErrorMapper.around(this::dispatch, numbers));
    }

    private void dispatch(ServerRequest request, ServerResponse response) throws Exception {
        String path = RequestTarget.path(request);
        String method = request.prologue().method().text();
        Map<String, Handler> handlers = fixed.get(path);
        if (handlers != null) {
            Handler handler = handlers.get(method);
            if (handler == null) {
                other(handlers.keySet(), method, response);
            } else {
                handler.handle(request, response);
            }
            return;
        }
        for (Map.Entry<String, Map<String, TurnHandler>> kind : turns.entrySet()) {
            TurnPath turn = links.turn(path, kind.getKey()).orElse(null);
            if (turn != null) {
                dispatch(turn, kind.getValue(), request, response);
                return;
            }
        }
        throw new ApiException(ApiError.NOT_FOUND, Refusals.NOTHING_HERE);
    }

    private static void dispatch(
            TurnPath turn, Map<String, TurnHandler> handlers, ServerRequest request, ServerResponse response)
            throws Exception {
        String method = request.prologue().method().text();
        TurnHandler handler = handlers.get(method);
        if (handler == null) {
            other(handlers.keySet(), method, response);
            return;
        }
        if (turn.access() == Access.PRIVATE) {
            // For caches that are told to overlook no-store: what a token opened is for nobody without it.
            response.header(HeaderNames.VARY, "Origin, Authorization");
        }
        handler.handle(turn, request, response);
    }

    private static void other(Set<String> methods, String method, ServerResponse response) {
        String allow = Stream.of(RequestTarget.ALLOWED.split(", "))
                .filter(known -> methods.contains(known) || known.equals("OPTIONS"))
                .collect(Collectors.joining(", "));
        if (method.equals("OPTIONS")) {
            options(allow, response);
        } else {
            throw new ApiException(
                            ApiError.METHOD_NOT_ALLOWED, "This URL does not take " + method + ": use " + allow + ".")
                    .with("Allow", allow);
        }
    }

    private static void options(String allow, ServerResponse response) {
        response.header(HeaderNames.ALLOW, allow);
        Answers.empty(response, 204);
    }
}
