package offload.engine.idempotency;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import offload.disk.Folders;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.files.WholeFile;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Claims on keys whose first submission is not answered yet. Each is a file in the node's own folder, linked to the common
 * one: whole at once, and exclusive. No time limit takes it away: the node itself does, or, when that is dead, whoever owns
 * its folder, see {@link #release}. Any thread.
 */
final class KeyClaims {
    private static final Logger LOG = System.getLogger(KeyClaims.class.getName());

    private final Path folder;
    private final NodeFolder node;
    /** Claims that could not be given up, and the files that they are on. */
    private final Map<Path, Path> stuck = new ConcurrentHashMap<>();

    KeyClaims(Path folder, NodeFolder node) {
        this.folder = folder;
        this.node = node;
    }

    /** Takes a claim on {@code name}, for a submission whose body has this fingerprint; null where somebody has one, or an answer. */
    @Nullable
    Path take(String name, String fingerprint) throws IOException {
        JsonWriter out = new JsonWriter().beginObject().name("body").value(fingerprint);
        String nonce = UUID.randomUUID().toString();
        out.name("claim").value(nonce).endObject();
        Path own = node.repeats().resolve(name + '.' + nonce);
        Path file = folder.resolve(name);
        try {
            Files.write(own, out.toBytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Folders.linkOrCopy(file, own);
            return own;
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(own);
            return null;
        } catch (IOException | RuntimeException | Error e) {
            // It may have been taken all the same, where the device then did not tell.
            giveUp(own, file);
            throw e;
        }
    }

    /** What failed may be tried again: at once, or where the device fails for this as well as soon as it no longer does. */
    void giveUp(Path claim, Path file) {
        try {
            if (WholeFile.isTakenWith(claim, file)) {
                node.discard(file);
            }
            // Last: until then others know of it.
            Files.deleteIfExists(claim);
            stuck.remove(claim);
        } catch (IOException e) {
            if (stuck.put(claim, file) == null) {
                LOG.log(Level.ERROR, "a claim on an Idempotency-Key was not given up, for now: " + e);
            }
        }
    }

    /** Gives up what could not be given up before, if that can be done by now. */
    void catchUp() {
        stuck.forEach(this::giveUp);
    }

    /** Takes the claim of a dead node away, if it was never answered. For who owns that node's folder. */
    static void release(DataFolder data, Path claim) throws IOException {
        String own = String.valueOf(claim.getFileName());
        Path file = data.idempotency().resolve(own.substring(0, Math.max(0, own.indexOf('.'))));
        if (WholeFile.isTakenWith(claim, file)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(claim);
    }
}
