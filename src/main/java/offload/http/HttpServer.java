package offload.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import offload.turn.ApiError;

/** The listener: Helidon's web server with our limits, our routes and our error shape. Started when it is made. */
public final class HttpServer implements AutoCloseable {
    private static final int HEADERS_LIMIT = 16 * 1024;

    private final WebServer server;

    HttpServer(HttpSettings settings, Connections connections, Consumer<HttpRouting.Builder> routing)
            throws IOException {
        server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .useNio(false)
                .writeBufferSize(512)
                .writeQueueLength(0)
                .backlog(4096)
                .maxTcpConnections(settings.connectionLimit())
                .maxPayloadSize(-1)
                .shutdownGracePeriod(Duration.ofSeconds(2))
                .idleConnectionTimeout(Duration.ofSeconds(60))
                .idleConnectionPeriod(Duration.ofSeconds(10))
                .connectionOptions(connections)
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(8192)
                        .maxHeadersSize(HEADERS_LIMIT)
                        .build())
                .directHandlers(directHandlers())
                .routing(routing)
                .build()
                .start();
        if (!server.isRunning() || server.port() < 0) {
            server.stop();
            throw new IOException("cannot listen on " + settings.host() + ":" + settings.port()
                    + ": the port is taken, or the address is not one of this machine");
        }
    }

    private static DirectHandlers directHandlers() {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            builder.addHandler(type, HttpServer::answer);
        }
        return builder.build();
    }

    private static DirectHandler.TransportResponse answer(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        ApiError error = errorOf(status.code());
        byte[] body = ErrorBody.of(error, sentence(error), null);
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(error.status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, Answers.JSON)
                .header(HeaderNames.CONNECTION, "close")
                .keepAlive(false)
                .entity(body)
                .build();
    }

    private static ApiError errorOf(int status) {
        return switch (status) {
            case 404 -> ApiError.NOT_FOUND;
            case 413 -> ApiError.BODY_TOO_LARGE;
            case 414 -> ApiError.URI_TOO_LONG;
            case 500 -> ApiError.INTERNAL_ERROR;
            case 503 -> ApiError.TOO_MANY_TURNS;
            default -> ApiError.INVALID_REQUEST;
        };
    }

    private static String sentence(ApiError error) {
        return switch (error) {
            case NOT_FOUND -> "There is nothing here: /openapi.json lists what there is.";
            case BODY_TOO_LARGE -> "The body is too large.";
            case URI_TOO_LONG -> "The URL is too long.";
            case INTERNAL_ERROR -> "The server failed: its log says why.";
            case TOO_MANY_TURNS -> "The server is busy: try again in a moment.";
            default -> "The request is not valid HTTP.";
        };
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Stops listening, and ends what is still open. */
    @Override
    public void close() {
        server.stop();
    }
}
