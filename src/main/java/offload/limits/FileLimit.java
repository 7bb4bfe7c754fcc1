package offload.limits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How long a file this process may write ({@code RLIMIT_FSIZE}, {@code ulimit -f}). A turn whose log meets the limit could never
 * end: what ends it is written to the log as well, and has room kept for it here. Any thread.
 */
public final class FileLimit {
    /** That of this process, as it was at its start. */
    public static final FileLimit OF_PROCESS =
            new FileLimit(SoftLimit.of(Path.of("/proc/self/limits"), "Max file size"));

    private static final long END = 64 * 1024;
    /** The ballast of the data folder, and an answer of some length. */
    private static final long LEAST = 2 << 20;

    private final long most;

    /** Of a process whose files may have so many bytes. */
    FileLimit(long most) {
        this.most = most;
    }

    /** Fails where a log of so many bytes would leave no room for its end. */
    public void requireRoomToEnd(long length) throws IOException {
        if (length > most - END) {
            throw new IOException("File too large: " + length + " bytes of " + most
                    + " that a file may have; raise LimitFSIZE, or ulimit -f");
        }
    }

    /** What to say, in a sentence, where files may be so short only that a server would be of no use. */
    public Optional<String> shortage() {
        return most >= LEAST
                ? Optional.empty()
                : Optional.of("files of this process may have " + most + " bytes only, and " + LEAST
                        + " are the least that it can do with: raise LimitFSIZE, or ulimit -f");
    }
}
