package offload.upstream.openai;

import java.io.IOException;
import offload.upstream.ChatEnd;

/** Carries the end of a call up to {@link OpenAiUpstream#run} from wherever it was found. A value in flight, no fault. */
final class EndOfCall extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ChatEnd end;

    EndOfCall(ChatEnd end) {
        super(end.toString());
        this.end = end;
    }

    static EndOfCall invalid(String message) {
        return new EndOfCall(new ChatEnd.Invalid(message));
    }

    static EndOfCall unreachable(String message) {
        return new EndOfCall(new ChatEnd.Unreachable(message));
    }

    /** The thread was interrupted: its flag is cleared, as the end is told from here on. */
    static EndOfCall aborted() {
        Thread.interrupted();
        return new EndOfCall(new ChatEnd.Aborted());
    }

    ChatEnd end() {
        return end;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
