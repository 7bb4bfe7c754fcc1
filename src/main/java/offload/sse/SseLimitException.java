package offload.sse;

import java.io.IOException;

/** A line or an event of a stream is longer than its limit. The message says which and what the limit is. */
public final class SseLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    SseLimitException(String message) {
        super(message);
    }
}
