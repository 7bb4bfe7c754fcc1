package offload.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What came of one call.
 *
 * @param status the receiver's HTTP status, or 0 if there was none
 * @param error why there was none, or what is wrong with the answer; null otherwise
 * @param retryAfter the {@code Retry-After} field as it came, or null
 * @param cut the beginning of the answer's body
 */
record WebhookAnswer(
        int status,
        @Nullable String error,
        @Nullable String retryAfter,
        @Nullable String cut) {

    static WebhookAnswer none(String error) {
        return new WebhookAnswer(0, error, null, null);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** 410 Gone: the receiver wants no webhook here any more. */
    boolean isGone() {
        return status == 410;
    }

    /** Whether the receiver is alive, whatever it said. */
    boolean isAnswer() {
        return status != 0;
    }
}
