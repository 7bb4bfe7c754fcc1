package offload.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The ballast of dead nodes. A server that was killed on a full device left its ballast behind, and the next one needs just
 * that room to start, and to finish what was left running. Stateless.
 */
final class DeadBallast {
    private DeadBallast() {}

    /** Removes it, wherever a node's lock can be taken; whether there was any. */
    static boolean giveUp(DataFolder data) throws IOException {
        boolean any = false;
        for (Path node : Folders.list(data.nodes())) {
            if (!HeldLocks.has(String.valueOf(node.getFileName())) && isFree(node.resolve("lock"))) {
                any |= Files.deleteIfExists(NodeFolder.ballast(node));
                for (Path claimed : Folders.list(node.resolve("claims"))) {
                    any |= Files.deleteIfExists(NodeFolder.ballast(claimed));
                }
            }
        }
        return any;
    }

    private static boolean isFree(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (FileSystemException e) {
            // Gone, or another user's: it keeps no other from being looked at.
            return false;
        }
    }
}
