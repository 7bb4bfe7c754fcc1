package offload.http.head;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import offload.http.message.ErrorBody;
import offload.http.message.HttpDate;
import offload.http.message.RequestTarget;
import offload.turn.ApiError;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that never reach a route because they are malformed or too large, in our error shape. Nothing that the
 * request held is said back. Stateless.
 */
public final class Refusals {
    /** Of a URL that is none of this server's. */
    public static final String NOTHING_HERE = "There is nothing here: /openapi.json lists what there is.";

    /** Of what nobody expected. */
    public static final String SERVER_FAILED = "The server failed: its log says why.";

    /** The web server's words for it. */
    static final String TOO_MANY_FIELDS = "Header size exceeded";

    private Refusals() {}

    /** For the web server, which asks them for the answer to what it refuses. */
    public static DirectHandlers handlers() {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            builder.addHandler(type, Refusals::answer);
        }
        builder.addHandler(DirectHandler.EventType.HTTP_VERSION_NOT_SUPPORTED, Refusals::takeHttp10);
        return builder.build();
    }

    /** The web server refuses HTTP/1.0 for its version as soon as it has read the first line; here it is not refused. */
    private static DirectHandler.TransportResponse takeHttp10(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        throw new Http10Request(request.method(), request.path());
    }

    /** The whole answer to what is not even text. */
    static byte[] notHttp() {
        ApiError error = ApiError.INVALID_REQUEST;
        String date = "Date: " + HttpDate.now() + "\r\n";
        return ErrorBody.response("400 Bad Request", error, sentence(error), date);
    }

    private static DirectHandler.TransportResponse answer(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        ApiError error = TOO_MANY_FIELDS.equals(message) ? ApiError.HEADERS_TOO_LARGE : errorOf(status.code());
        if (error == ApiError.INTERNAL_ERROR && request.method().isEmpty()) {
            // The web server failed over a request line that it could not read.
            error = ApiError.INVALID_REQUEST;
        }
        return DirectHandler.TransportResponse.builder()
                .status(
                        error == ApiError.HEADERS_TOO_LARGE
                                ? Status.create(error.status(), "Request Header Fields Too Large")
                                : Status.create(error.status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, ErrorBody.JSON)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header(ErrorBody.NO_SNIFFING, "nosniff")
                .header(HeaderNames.VARY, "Origin")
                .header(HeaderNames.DATE, HttpDate.now())
                .keepAlive(false)
                .entity(ErrorBody.of(error, sentence(error), null))
                .build();
    }

    /** What an answer of this status is about. */
    static ApiError errorOf(int status) {
        return switch (status) {
            case 404 -> ApiError.NOT_FOUND;
            case 405 -> ApiError.METHOD_NOT_ALLOWED;
            case 413 -> ApiError.BODY_TOO_LARGE;
            case 414 -> ApiError.URI_TOO_LONG;
            case 431 -> ApiError.HEADERS_TOO_LARGE;
            case 500 -> ApiError.INTERNAL_ERROR;
            case 503 -> ApiError.TOO_MANY_TURNS;
            default -> ApiError.INVALID_REQUEST;
        };
    }

    private static String sentence(ApiError error) {
        return switch (error) {
            case NOT_FOUND -> NOTHING_HERE;
            case METHOD_NOT_ALLOWED ->
                "Methods have capital letters only, and this server takes " + RequestTarget.ALLOWED + ".";
            case BODY_TOO_LARGE -> "The body is too large.";
            case URI_TOO_LONG ->
                "The URL is too long: request lines may have " + HeadLimits.LINE_BYTES / 1024 + " KiB.";
            case HEADERS_TOO_LARGE ->
                "The header fields are too large: they may be " + HeadLimits.FIELDS + ", and have "
                        + HeadLimits.FIELD_BYTES / 1024 + " KiB together.";
            case INTERNAL_ERROR -> SERVER_FAILED;
            case TOO_MANY_TURNS -> "The server is busy: try again in a moment.";
            default -> "The request is not valid HTTP/1.1.";
        };
    }
}
