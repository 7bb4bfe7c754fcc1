package offload.disk;

import java.io.IOException;
import java.util.List;
import offload.libc.SystemWords;

/** Tells a full device from a failing one by the operating system's words. Stateless. */
public final class StorageErrors {
    private static final List<SystemWords> NO_SPACE =
            List.of(SystemWords.of(28, "No space left"), SystemWords.of(122, "Disk quota exceeded"));
    private static final List<SystemWords> NO_DESCRIPTOR =
            List.of(SystemWords.of(24, "Too many open files"), SystemWords.of(23, "Too many open files in system"));
    private static final List<SystemWords> TOO_LARGE = List.of(SystemWords.of(27, "File too large"));

    private StorageErrors() {}

    /** Whether room, quota or descriptors are lacking: what comes back by itself. */
    public static boolean isFull(IOException e) {
        return isOutOfSpace(e) || isOutOfDescriptors(e) || says(e, TOO_LARGE);
    }

    /** Whether a file was not even opened, because the process or the system has as many open as may be. */
    public static boolean isOutOfDescriptors(IOException e) {
        return says(e, NO_DESCRIPTOR);
    }

    /** Whether the device is full, or the quota used up. */
    public static boolean isOutOfSpace(IOException e) {
        return says(e, NO_SPACE);
    }

    private static boolean says(IOException e, List<SystemWords> words) {
        return words.stream().anyMatch(known -> known.areIn(e));
    }
}
