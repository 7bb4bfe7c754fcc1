package offload.json;

/** Text that is not the JSON that was expected; the message says what and where, for the one who sent it. */
public final class JsonFault extends Exception {
    private static final long serialVersionUID = 1;

    /** A fault without a stack trace: it is an answer, not an accident. */
    public JsonFault(String message) {
        super(message, null, false, false);
    }
}
