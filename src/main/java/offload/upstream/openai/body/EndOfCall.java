package offload.upstream.openai.body;

import java.io.IOException;
import offload.upstream.ChatEnd;

/** Carries the end of a call to who made it, from wherever it was found. A value in flight, no fault. */
public final class EndOfCall extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ChatEnd end;

    /** To be thrown where the call cannot go on: it has ended in {@code end}. */
    public EndOfCall(ChatEnd end) {
        super(end.toString());
        this.end = end;
    }

    /** The answer is none that can be used: {@code message} says why, in a whole sentence. */
    public static EndOfCall invalid(String message) {
        return new EndOfCall(new ChatEnd.Invalid(message));
    }

    /** No exchange came about: {@code message} says why, in a whole sentence. */
    public static EndOfCall unreachable(String message) {
        return new EndOfCall(new ChatEnd.Unreachable(message));
    }

    /** The thread was interrupted: its flag is cleared, as the end is told from here on. */
    public static EndOfCall aborted() {
        Thread.interrupted();
        return new EndOfCall(new ChatEnd.Aborted());
    }

    /** How the call ended. */
    public ChatEnd end() {
        return end;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
