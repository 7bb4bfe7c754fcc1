package offload.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import offload.disk.DeviceSync;
import offload.disk.LocalFileSystem;
import offload.disk.SpareFile;
import offload.json.JsonSource;

/**
 * The drafts of a node: what becomes a status or a marker by a rename, in the node's own folder, so that nobody can publish
 * one any more whose folder was claimed by another. Any thread.
 */
final class Drafts {
    /** What is longer is written in pieces, which is not done to files that are spare. */
    static final int LONG = 64 * 1024;

    private final Path folder;
    private final SpareFiles spares;
    private final boolean local;
    private final AtomicLong number = new AtomicLong();

    Drafts(Path folder, DeviceSync device) {
        this.folder = folder;
        this.spares = new SpareFiles(device);
        this.local = LocalFileSystem.has(folder);
    }

    /** A name that nobody else uses. */
    Path next() {
        return folder.resolve(Long.toString(number.incrementAndGet()));
    }

    /** A draft that holds {@code content}, which is not forced to the device. */
    Path of(JsonSource content) throws IOException {
        SpareFile spare = content.length() > LONG ? null : spares.take(content.bytes());
        if (spare != null) {
            return spare.path();
        }
        Path draft = next();
        WholeFile.write(draft, content, null);
        return draft;
    }

    /** Makes {@code file}, with {@code content}; false where there is one. */
    boolean make(Path file, JsonSource content) throws IOException {
        SpareFile spare = content.length() > LONG ? null : spares.take(content.bytes());
        if (spare != null) {
            if (spare.moveTo(file)) {
                return true;
            }
            Files.deleteIfExists(spare.path());
        }
        return WholeFile.create(file, content);
    }

    /** Whether a file that readers knew may be written anew once nobody has it open: elsewhere nobody knows who has. */
    boolean mayRewrite() {
        return local;
    }

    /** Whether files that nobody needs any more are kept for drafts. */
    boolean wantMore() {
        return spares.wantsMore();
    }

    /** Removes a draft of which nothing more is needed, or keeps the file for another one. */
    void remove(Path draft) throws IOException {
        spares.give(draft);
    }

    /** Removes {@code file}, which may be gone, or keeps it for a draft. */
    void removeElsewhere(Path file) throws IOException {
        if (spares.wantsMore()) {
            Path draft = next();
            if (file.toFile().renameTo(draft.toFile())) {
                spares.give(draft);
                return;
            }
        }
        SpareFiles.removeAtOnce(file);
    }
}
