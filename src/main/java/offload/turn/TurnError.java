package offload.turn;

import org.jspecify.annotations.Nullable;

/**
 * Why a turn failed.
 *
 * @param code one of the constants here
 * @param message for the caller; never holds a key
 * @param type the upstream's word for it, or ours
 * @param retryable whether the same request may succeed later
 * @param upstreamStatus the upstream's HTTP status, where it was an answer of the upstream
 */
public record TurnError(
        String code,
        String message,
        String type,
        boolean retryable,
        @Nullable Integer upstreamStatus) {
    /** No connection within {@code connect_timeout}. */
    public static final String CONNECT_TIMEOUT = "connect_timeout";
    /** Not finished within {@code timeout}. */
    public static final String UPSTREAM_TIMEOUT = "upstream_timeout";
    /** The stream just ended. */
    public static final String UPSTREAM_TRUNCATED = "upstream_truncated";
    /** An HTTP error, an error in the stream, or a redirect. */
    public static final String UPSTREAM_ERROR = "upstream_error";
    /** No connection. */
    public static final String UPSTREAM_UNREACHABLE = "upstream_unreachable";
    /** Not an event stream, not JSON, or over a limit. */
    public static final String UPSTREAM_INVALID = "upstream_invalid";
    /** The server died. */
    public static final String INTERRUPTED = "interrupted";
    /** No room, quota or file left on the data folder's device. */
    public static final String STORAGE_FULL = "storage_full";
    /** The data folder's device failed otherwise. */
    public static final String STORAGE_ERROR = "storage_error";

    /** An error of ours, about the upstream or the storage. */
    public static TurnError of(String code, String message, boolean retryable) {
        String type = code.startsWith("storage") || code.equals(INTERRUPTED) ? "server_error" : "upstream_error";
        return new TurnError(code, message, type, retryable, null);
    }
}
