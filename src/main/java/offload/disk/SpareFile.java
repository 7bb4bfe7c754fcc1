package offload.disk;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that changes places with another one, again and again, so that none is made and none is removed. Readers that
 * opened it under its other name must not see it change: it is written only while the kernel warrants, by a write
 * lease ({@code fcntl(2)}), that nobody has it open, and while it has no further name. So it must be on a {@linkplain
 * LocalFileSystem local file system}: of readers on another machine or mount the lease says nothing. Whoever finds that
 * something cannot be done here does it in the common way. For one thread at a time.
 *
 * @param path where it lies while it is spare; on the file system of the other one
 */
public record SpareFile(Path path) {
    /** Writes {@code content} in the place of what is there; false, and it is of no use any more, where that cannot be. */
    public boolean rewrite(byte[] content) {
        // What changed places with it may be what somebody else put there: a link leads anywhere.
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && LinuxCalls.rewrite(path, content);
    }

    /** Changes places with {@code other}, atomically; false where that cannot be, or there is no other. */
    public boolean exchange(Path other) {
        return LinuxCalls.rename(path, other, LinuxCalls.RENAME_EXCHANGE);
    }

    /** Moves to {@code free}, which no file has; false where that cannot be, or one has. */
    public boolean moveTo(Path free) {
        return LinuxCalls.rename(path, free, LinuxCalls.RENAME_NOREPLACE);
    }
}
