package offload.upstream.openai.connection;

import java.io.IOException;
import offload.upstream.ChatEnd;

/** Carries the reason why there is no connection up from wherever it was found. A value in flight, no fault. */
public final class NoConnection extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ChatEnd end;

    NoConnection(ChatEnd end) {
        super(end.toString());
        this.end = end;
    }

    static NoConnection unreachable(String message) {
        return new NoConnection(new ChatEnd.Unreachable(message));
    }

    /** The thread was interrupted: its flag is cleared, as the end is told from here on. */
    static NoConnection aborted() {
        Thread.interrupted();
        return new NoConnection(new ChatEnd.Aborted());
    }

    /** What it makes of the call that wanted the connection. */
    public ChatEnd end() {
        return end;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
