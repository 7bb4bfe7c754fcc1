package offload.webhook.call;

/**
 * A call that got no answer. The message is short and fit for the record of tries: it names hosts and addresses, never
 * user info, query or header values.
 */
final class CallFailed extends Exception {

    CallFailed(String message) {
        super(message);
    }
}
