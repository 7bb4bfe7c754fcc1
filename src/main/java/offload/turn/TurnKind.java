package offload.turn;

/** Which of the two submission endpoints was asked. */
public enum TurnKind {
    /** Answers with the URL of an event stream. */
    STREAM("stream-chatgpt"),
    /** Answers without one; the whole body is offered as a file at the end. */
    ASYNC("async-chatgpt");

    private final String endpoint;

    TurnKind(String endpoint) {
        this.endpoint = endpoint;
    }

    /** The last segment of the endpoint's URL. */
    public String endpoint() {
        return endpoint;
    }
}
