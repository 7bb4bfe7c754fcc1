package offload.engine.execution;

import java.io.IOException;

/**
 * Leaves an upstream's call from within, because what came is an error of the upstream's. Whoever made the call reads it, which takes
 * time where it is long: the thread that brings events brings those of all turns.
 */
final class ErrorEvent extends IOException {
    private static final long serialVersionUID = 1;

    private final transient byte[] said;

    /** {@code said} is the event's data, or whatever stood in its place; it may hold the key. */
    ErrorEvent(byte[] said) {
        this.said = said;
    }

    byte[] said() {
        return said;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
