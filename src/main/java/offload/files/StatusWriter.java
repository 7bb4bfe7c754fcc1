package offload.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.files.device.DeviceSync;
import offload.files.device.SpareFile;
import org.jspecify.annotations.Nullable;

/**
 * The status file of a turn that runs here, which is replaced time and again. From the third time on nothing is made and
 * nothing is removed for that: two files exchange their names, and the one that was replaced last is written anew,
 * unless somebody still reads it. File systems make new files dear, and those of many turns very dear. For one thread at a time.
 */
public final class StatusWriter {
    private final NodeFolder node;
    private final Path target;
    private @Nullable SpareFile spare;
    /** The first status is the turn's marker as well, and must stay what it is. */
    private boolean ownFile;

    /** For {@code target}, which is there. */
    public StatusWriter(NodeFolder node, Path target) {
        this.node = node;
        this.target = target;
    }

    /** Replaces the status by one that others will follow. */
    public void replace(byte[] content) throws IOException {
        SpareFile known = spare;
        if (known != null && known.rewrite(content) && known.exchange(target)) {
            return;
        }
        leave();
        Path draft = node.draft();
        StatusFile.write(draft, content, null);
        SpareFile other = new SpareFile(draft);
        if (ownFile && other.exchange(target)) {
            spare = other;
        } else {
            StatusFile.moveOver(draft, target);
            ownFile = true;
        }
    }

    /** Replaces the status by the last one, which is forced to {@code device} before, where one is given. */
    public void finish(byte[] content, @Nullable DeviceSync device) throws IOException {
        SpareFile known = spare;
        if (known == null || !known.rewrite(content)) {
            StatusFile.replace(node.draft(), target, content, device);
            return;
        }
        if (device != null) {
            device.sync(() -> Folders.sync(known.path()));
        }
        StatusFile.moveOver(known.path(), target);
        spare = null;
    }

    /** Nothing more is written: what is not the status goes. */
    public void leave() throws IOException {
        SpareFile known = spare;
        spare = null;
        if (known != null) {
            Files.deleteIfExists(known.path());
        }
    }
}
