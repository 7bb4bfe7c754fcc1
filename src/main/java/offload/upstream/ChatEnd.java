package offload.upstream;

/** How a call of an upstream ended. Messages are for the caller of Offload; they never hold a key, bodies may. */
public sealed interface ChatEnd {

    /** The event stream ended with {@code [DONE]}. */
    record Done() implements ChatEnd {}

    /** The body ended as its framing says, without {@code [DONE]}. */
    record Ended() implements ChatEnd {}

    /** The answer broke off, or the connection was lost before anything of it came. */
    record Truncated(String message) implements ChatEnd {}

    /** A 2xx answer that is JSON and no event stream: the whole body, complete, valid UTF-8, at most the turn's limit. */
    record Whole(byte[] json) implements ChatEnd {}

    /** Any other status than 2xx, redirects included. The body, cut at 64 KiB, of an event its data; {@code whole} where nothing of it is missing. */
    record Rejected(int status, byte[] body, boolean whole) implements ChatEnd {}

    /**
     * The answer is no event stream and no JSON, breaks HTTP, or is over a limit. {@code said} is the beginning of what came in its
     * place, where that may be words: as it came, with a key that it may echo.
     */
    record Invalid(String message, byte[] said) implements ChatEnd {
        /** Nothing was said that tells more. */
        public Invalid(String message) {
            this(message, new byte[0]);
        }
    }

    /** No connection: name, network or TLS. */
    record Unreachable(String message) implements ChatEnd {}

    /** No connection within the call's connect timeout. */
    record ConnectTimedOut() implements ChatEnd {}

    /** The calling thread was interrupted. */
    record Aborted() implements ChatEnd {}
}
