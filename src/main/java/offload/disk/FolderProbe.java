package offload.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * Tries in a folder what the server needs of it, on files of its own that it removes again. Each method throws an
 * {@link IOException} where the folder does not do it. Any thread.
 */
public final class FolderProbe {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    /** Tries in {@code folder}, which must exist. */
    public FolderProbe(Path folder) {
        this.folder = folder;
    }

    /** Writes, syncs and reads back; answers how long the sync took. */
    public Duration writeSyncRead() throws IOException {
        Path file = newName();
        byte[] wanted = file.getFileName().toString().getBytes(StandardCharsets.US_ASCII);
        try {
            Duration took;
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(wanted));
                long begun = System.nanoTime();
                out.force(true);
                took = Duration.ofNanos(System.nanoTime() - begun);
            }
            if (!java.util.Arrays.equals(wanted, Files.readAllBytes(file))) {
                throw new IOException("what was written is not what is read in " + folder);
            }
            return took;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Replaces one file by another in one step. */
    public void rename() throws IOException {
        Path one = newName();
        Path other = newName();
        try {
            Files.writeString(one, "1");
            Files.writeString(other, "2");
            Files.move(one, other, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (Files.exists(one) || !Files.readString(other).equals("1")) {
                throw new IOException("a rename in " + folder + " did not replace the file");
            }
        } finally {
            Files.deleteIfExists(one);
            Files.deleteIfExists(other);
        }
    }

    /** Locks a file. */
    public void lock() throws IOException {
        Path file = newName();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null || !lock.isValid()) {
                throw new IOException("a new file in " + folder + " is locked by somebody else");
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Gives a file a name of {@code length} characters. */
    public void longName(int length) throws IOException {
        String beginning = String.valueOf(newName().getFileName());
        Path file = folder.resolve(beginning + "x".repeat(length - beginning.length()));
        try {
            Files.createFile(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Closes a folder to all but its owner; whether it is closed then. */
    public boolean closeFolder() throws IOException {
        Path closed = newName();
        try {
            Files.createDirectory(closed);
            Files.setPosixFilePermissions(closed, OWNER_ONLY);
            return Files.getPosixFilePermissions(closed).equals(OWNER_ONLY);
        } finally {
            Files.deleteIfExists(closed);
        }
    }

    /** How far the clock of the file system is ahead of this machine's. */
    public Duration clockAhead() throws IOException {
        Path file = newName();
        try {
            Files.writeString(file, "now");
            return Duration.ofMillis(Files.getLastModifiedTime(file).toMillis() - System.currentTimeMillis());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The bytes that are free for this user. */
    public long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private Path newName() {
        return folder.resolve(".probe-" + UUID.randomUUID());
    }
}
