package offload.turn;

/** Every error that a caller can get over HTTP: its code, its HTTP status and its type. Documented in errors.md. */
public enum ApiError {
    INVALID_JSON(400),
    INVALID_PARAMETER(400),
    INVALID_REQUEST(400),
    INVALID_CURSOR(400),
    UPSTREAM_KEY_MISSING(401),
    SERVICE_KEY_MISSING(401),
    SERVICE_KEY_INVALID(401),
    TOKEN_REQUIRED(401),
    ORIGIN_NOT_ALLOWED(403),
    HOST_NOT_ALLOWED(403),
    NOT_LOCAL(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_RUNNING(405),
    NOT_FINISHED(409),
    IDEMPOTENCY_IN_PROGRESS(409),
    PRECONDITION_FAILED(412),
    BODY_TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    CURSOR_NOT_AT_RECORD(416),
    RANGE_NOT_SATISFIABLE(416),
    IDEMPOTENCY_MISMATCH(422),
    RATE_LIMITED(429),
    QUOTA_EXCEEDED(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL_ERROR(500),
    TOO_MANY_TURNS(503),
    TOO_MANY_CONNECTIONS(503),
    SHUTTING_DOWN(503),
    STORAGE_UNAVAILABLE(503),
    STORAGE_FULL(507);

    private final int status;

    ApiError(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code on the wire. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The type on the wire, in the words of the OpenAI API. */
    public String type() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
