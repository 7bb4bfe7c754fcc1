package offload.files;

import java.nio.file.Path;

/**
 * The files of one turn, side by side. See data-folder.md for who writes which and when.
 *
 * @param folder the folder of its second
 * @param name the name they share
 */
public record TurnFiles(Path folder, String name) {

    /** The status, replaced by rename. */
    public Path status() {
        return folder.resolve(name + ".json");
    }

    /** The event log, append only. */
    public Path events() {
        return folder.resolve(name + ".txt");
    }

    /** The body of an async turn. */
    public Path raw() {
        return folder.resolve(name + ".raw");
    }

    /** The stop file: its being there asks the turn to stop. */
    public Path stop() {
        return folder.resolve(name + ".stop");
    }

    /** What became of the webhook. */
    public Path webhook() {
        return folder.resolve(name + ".webhook.json");
    }
}
