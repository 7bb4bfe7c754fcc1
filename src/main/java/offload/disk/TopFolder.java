package offload.disk;

import java.nio.file.Path;

/**
 * A folder whose folders have nothing to do with each other. ext2, ext3 and ext4 else put a folder near the one that it is
 * in, with all files that it will have, and look for room there among everything that was removed of late; below a folder
 * with this mark ({@code chattr +T}) each gets a place of its own, where few others are. Elsewhere the mark says nothing.
 */
public final class TopFolder {
    private TopFolder() {}

    /** Marks {@code folder} for what will be made in it; whether the file system knows the mark. */
    public static boolean mark(Path folder) {
        return LinuxCalls.markTop(folder);
    }
}
