package offload.webhook;

import jakarta.json.JsonObject;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import offload.disk.Folders;
import offload.json.Json;
import offload.json.JsonFault;
import org.jspecify.annotations.Nullable;

/** Small JSON files that are whole at any moment and only for the server's own user. Stateless. */
final class EntryFiles {
    /** Ends the name of what is not whole yet; who takes over a node's folder removes it. */
    static final String DRAFT = ".tmp";

    private static final Logger LOG = System.getLogger(EntryFiles.class.getName());
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private EntryFiles() {}

    /** Writes {@code entry} so that after this call it survives a power cut. */
    static void write(Path file, WebhookEntry entry) throws IOException {
        replace(file, file.resolveSibling(file.getFileName() + DRAFT), entry.toJson(), true);
        Folders.syncName(file);
    }

    /** Puts {@code json} in place of {@code file} by a rename of {@code draft}; {@code durable} syncs the content before it. */
    static void replace(Path file, Path draft, JsonObject json, boolean durable) throws IOException {
        create(draft);
        try {
            try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
                out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
                if (durable) {
                    out.getFD().sync();
                }
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // It would take room on a device that is full, and keep its node's folder, which goes only when it is
            // empty.
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    /** The entry in {@code file}; null if there is none, or none that can be read. */
    static @Nullable WebhookEntry read(Path file) throws IOException {
        try {
            WebhookEntry entry = WebhookEntry.fromJson(Json.ownObject(Files.readAllBytes(file)));
            // Whatever is done with an entry is done to the file of its turn: one under another name would be tried for
            // ever.
            if (nameOf(file).startsWith(entry.turn() + ".")) {
                return entry;
            }
            LOG.log(Level.ERROR, "{0} is the webhook entry of {1} and is left as it is", file, entry.turn());
            return null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (JsonFault | RuntimeException e) {
            LOG.log(Level.ERROR, "{0} is no webhook entry and is left as it is", file);
            return null;
        }
    }

    /** As {@link #read}, where one that cannot be read at all, a folder for example, must keep no other from its receiver. */
    static @Nullable WebhookEntry readOrTell(Path file) {
        try {
            return read(file);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "{0} cannot be read and is left as it is: {1}", file, e);
            return null;
        }
    }

    /** Files of {@code folder} whose names end with {@code ending}; none if there is no such folder. */
    static List<Path> list(Path folder, String ending) throws IOException {
        return Folders.list(folder).stream()
                .filter(file -> nameOf(file).endsWith(ending))
                .toList();
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void create(Path temporary) throws IOException {
        try {
            Files.createFile(temporary, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            // Left by a crash: its content does not matter, its mode is already right.
        }
    }
}
