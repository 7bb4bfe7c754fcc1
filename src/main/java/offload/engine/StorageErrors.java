package offload.engine;

import java.io.IOException;
import java.util.List;
import offload.libc.SystemWords;
import offload.turn.TurnError;
import offload.turn.TurnState;

/** Tells a full device from a failing one by the operating system's words. Stateless. */
public final class StorageErrors {
    private static final List<SystemWords> NO_SPACE =
            List.of(SystemWords.of(28, "No space left"), SystemWords.of(122, "Disk quota exceeded"));
    private static final List<SystemWords> NO_ROOM = List.of(
            SystemWords.of(24, "Too many open files"),
            SystemWords.of(23, "Too many open files in system"),
            SystemWords.of(27, "File too large"));

    /** What a turn is whose log could not be forced to the device. */
    static final TurnState NOT_SYNCED = new TurnState.Failed(
            TurnError.of(TurnError.STORAGE_ERROR, "The server's data folder failed to keep what was written.", true));

    private StorageErrors() {}

    /** Whether room, quota or descriptors are lacking: what comes back by itself. */
    public static boolean isFull(IOException e) {
        return isOutOfSpace(e) || says(e, NO_ROOM);
    }

    /** Whether the device is full, or the quota used up. */
    static boolean isOutOfSpace(IOException e) {
        return says(e, NO_SPACE);
    }

    private static boolean says(IOException e, List<SystemWords> words) {
        return words.stream().anyMatch(known -> known.areIn(e));
    }

    static TurnError of(IOException e) {
        return isFull(e)
                ? TurnError.of(TurnError.STORAGE_FULL, "The server's data folder has no room left.", true)
                : TurnError.of(TurnError.STORAGE_ERROR, "The server could not write to its data folder.", true);
    }
}
