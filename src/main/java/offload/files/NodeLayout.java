package offload.files;

import java.nio.file.Path;
import java.util.List;
import offload.files.liveness.Signs;

/**
 * Where things are in the folder of a node, of this one as of another that has died or was claimed. None of them needs to exist.
 *
 * @param folder the node's
 */
public record NodeLayout(Path folder) {

    /** The folders that a node begins with. */
    List<Path> folders() {
        return List.of(active(), drafts(), webhooks(), claims(), repeats());
    }

    /** The markers of the turns that run there, or wait for somebody to end them. */
    public Path active() {
        return folder.resolve("active");
    }

    /** What becomes a status or a marker by a rename. */
    Path drafts() {
        return folder.resolve("tmp");
    }

    /** The webhooks that the node sends. */
    public Path webhooks() {
        return folder.resolve("webhooks");
    }

    /** The folders of dead nodes that this one has claimed and not yet put in order. */
    public Path claims() {
        return folder.resolve("claims");
    }

    /** The claims on submissions that may be repeated, as long as they are not answered. */
    public Path repeats() {
        return folder.resolve("repeats");
    }

    /** What keeps room on the device for the last writes. */
    public Path ballast() {
        return folder.resolve("ballast");
    }

    /** What the node holds locked for as long as it lives. */
    public Path lock() {
        return Signs.lock(folder);
    }
}
