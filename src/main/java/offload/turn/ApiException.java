package offload.turn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that cannot be served, with the sentence that tells its sender what to do. It has no stack trace. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ApiError error;
    private final @Nullable String param;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /** An error about the request as a whole. */
    public ApiException(ApiError error, String message) {
        this(error, message, null);
    }

    /** An error about one parameter or header. */
    public ApiException(ApiError error, String message, @Nullable String param) {
        super(message, null, false, false);
        this.error = error;
        this.param = param;
    }

    /** Adds a header to the answer. */
    public ApiException with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Which error. */
    public ApiError error() {
        return error;
    }

    /** The parameter or header that it is about; null for the request as a whole. */
    public @Nullable String param() {
        return param;
    }

    /** Headers of the answer. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
