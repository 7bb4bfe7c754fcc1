package offload.engine.execution;

import java.io.IOException;
import offload.disk.StorageErrors;
import offload.turn.TurnError;
import offload.turn.TurnState;

/** What a turn is that the data folder failed. Stateless. */
final class StorageFailure {
    /** What a turn is whose log could not be forced to the device. */
    static final TurnState NOT_SYNCED = new TurnState.Failed(
            TurnError.of(TurnError.STORAGE_ERROR, "The server's data folder failed to keep what was written.", true));

    private StorageFailure() {}

    static TurnError of(IOException e) {
        return StorageErrors.isFull(e)
                ? TurnError.of(TurnError.STORAGE_FULL, "The server's data folder has no room left.", true)
                : TurnError.of(TurnError.STORAGE_ERROR, "The server could not write to its data folder.", true);
    }
}
