package offload.address;

/**
 * Why a webhook URL is not taken. The message is a whole sentence for the caller that says what to do; it never holds
 * the URL's user info or query.
 */
public final class BadWebhookUrl extends Exception {

    BadWebhookUrl(String message) {
        super(message);
    }
}
