package offload.keys;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sees what other processes change among the keys: a folder listing and one look at each file's attributes; only what
 * changed is read. Calls must not overlap.
 */
final class KeyWatch {
    private static final Logger LOG = System.getLogger(KeyWatch.class.getName());

    private final Path folder;
    private Map<String, Seen> seen = new HashMap<>();

    KeyWatch(Path folder) {
        this.folder = folder;
    }

    /**
     * The keys in force, by the SHA-256 of their texts.
     *
     * @param known whether there is or ever was a key, also one that is revoked or cannot be read: whoever once asked for
     *     keys does not want to be open to all because the last one is gone
     */
    record Keys(Map<String, ServiceKey> bySha256, boolean known) {}

    private record Seen(
            FileTime modified,
            @Nullable Object file,
            @Nullable ServiceKey key) {

        boolean isStill(BasicFileAttributes now) {
            return modified.equals(now.lastModifiedTime())
                    && now.fileKey() != null
                    && now.fileKey().equals(file);
        }
    }

    Keys look() throws IOException {
        Map<String, Seen> next = new HashMap<>();
        for (String name : SmallFile.names(folder)) {
            if (name.endsWith(KeyFile.ENDING)) {
                lookAt(name, next);
            }
        }
        seen = next;
        Map<String, ServiceKey> keys = new HashMap<>();
        for (Seen one : seen.values()) {
            ServiceKey key = one.key;
            if (key != null) {
                keys.put(key.sha256(), key);
            }
        }
        boolean known = !seen.isEmpty()
                || !SmallFile.names(folder.resolve(KeyFolder.REVOKED)).isEmpty();
        return new Keys(Map.copyOf(keys), known);
    }

    private void lookAt(String name, Map<String, Seen> next) throws IOException {
        Path file = folder.resolve(name);
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            Seen before = seen.get(name);
            next.put(name, before != null && before.isStill(now) ? before : read(file, now, before));
        } catch (NoSuchFileException e) {
            // Revoked between the listing and the look.
        }
    }

    private static Seen read(Path file, BasicFileAttributes now, @Nullable Seen before) throws IOException {
        ServiceKey key = null;
        try {
            key = KeyFile.read(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            return unreadable(file, now, before, e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "{0} holds no key and admits nobody", file);
        }
        return new Seen(now.lastModifiedTime(), now.fileKey(), key);
    }

    /**
     * One file that another user owns, say, must not hide what becomes of all others. What was known of it holds, and it
     * is tried again each time, as a change of its owner leaves no trace in what {@link Seen} compares.
     */
    private static Seen unreadable(Path file, BasicFileAttributes now, @Nullable Seen before, IOException e) {
        if (before == null || before.file != null) {
            LOG.log(Level.ERROR, "{0} cannot be read, its key is not known: {1}", file, e);
        }
        return new Seen(now.lastModifiedTime(), null, before == null ? null : before.key);
    }
}
