package offload.engine.execution;

import java.io.IOException;
import offload.turn.TurnState;

/** Leaves an upstream's call from within, because what it sent has decided the turn. An answer, not an accident. */
final class EndOfTurn extends IOException {
    private static final long serialVersionUID = 1;

    private final transient TurnState state;

    EndOfTurn(TurnState state) {
        this.state = state;
    }

    TurnState state() {
        return state;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
