package offload.webhook.call;

import org.jspecify.annotations.Nullable;

/**
 * What came of one call.
 *
 * @param status the receiver's HTTP status, or 0 if there was none
 * @param error why there was none, or what is wrong with the answer; null otherwise
 * @param retryAfter the {@code Retry-After} field as it came, or null
 * @param cut the beginning of the answer's body
 */
public record WebhookAnswer(
        int status,
        @Nullable String error,
        @Nullable String retryAfter,
        @Nullable String cut) {

    static WebhookAnswer none(String error) {
        return new WebhookAnswer(0, error, null, null);
    }

    /** The receiver took it. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** 410 Gone: the receiver wants no webhook here any more. */
    public boolean isGone() {
        return status == 410;
    }

    /** Whether the receiver is alive, whatever it said. */
    public boolean isAnswer() {
        return status != 0;
    }
}
