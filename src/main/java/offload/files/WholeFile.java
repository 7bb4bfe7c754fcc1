package offload.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import offload.disk.DeviceSync;
import offload.disk.FreshLook;
import offload.disk.PlainFile;
import offload.json.JsonSource;
import org.jspecify.annotations.Nullable;

/**
 * Files that are replaced as a whole: a reader sees the old one or the new one, never half of one. The draft lies in the
 * node's own folder, so that a node whose folder was claimed by another cannot replace anything any more: its rename
 * finds no source. Stateless; any thread, but one writer per target.
 */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Replaces {@code target} by {@code content}, which is forced to the device first where one is given; its name is
     * the caller's to force, once for all that it writes into one folder.
     */
    public static void replace(Path draft, Path target, JsonSource content, @Nullable DeviceSync device)
            throws IOException {
        write(draft, content, device);
        moveOver(draft, target);
    }

    /** Writes {@code draft}, forced to the device where one is given; nothing is left of what fails. */
    public static void write(Path draft, JsonSource content, @Nullable DeviceSync device) throws IOException {
        try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
            content.writeTo(out);
            if (device != null) {
                device.sync(out.getFD()::sync);
            }
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    /** Writes {@code content} to {@code file}, which is made; false where there is one. */
    static boolean create(Path file, JsonSource content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(out);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Puts {@code draft} in the place of {@code target}; where that fails, it is removed. */
    public static void moveOver(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // The target's folder may be gone, by somebody's hand.
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    /**
     * Whether {@code place} was taken with {@code own}, by {@link offload.disk.Folders#linkOrCopy}: without hard links it
     * holds a copy, and perhaps only the beginning of one. False where either is gone.
     */
    public static boolean isTakenWith(Path own, Path place) throws IOException {
        byte[] whole = read(own);
        return whole != null && isBeginning(read(place), whole);
    }

    private static boolean isBeginning(byte @Nullable [] text, byte[] whole) {
        return text != null
                && text.length <= whole.length
                && Arrays.equals(text, 0, text.length, whole, 0, text.length);
    }

    /** The file's content; null where there is no plain file. */
    public static byte @Nullable [] read(Path file) throws IOException {
        try {
            return FreshLook.at(() -> Files.readAllBytes(PlainFile.at(file)));
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
