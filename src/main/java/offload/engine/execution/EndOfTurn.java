package offload.engine.execution;

import java.io.IOException;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/** Leaves an upstream's call from within, because what it sent has decided the turn. An answer, not an accident. */
final class EndOfTurn extends IOException {
    private static final long serialVersionUID = 1;

    private final transient TurnState state;
    private final transient byte @Nullable [] errorBody;

    /** {@code errorBody} is the upstream's own error, JSON; null where the error is ours. */
    EndOfTurn(TurnState state, byte @Nullable [] errorBody) {
        this.state = state;
        this.errorBody = errorBody;
    }

    byte @Nullable [] errorBody() {
        return errorBody;
    }

    TurnState state() {
        return state;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
