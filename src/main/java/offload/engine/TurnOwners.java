package offload.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.files.DataFolder;
import offload.files.Folders;
import offload.files.NodeFolder;
import offload.turn.TurnPath;

/** Who has turns to see through: the servers in whose folders their markers lie, or in whose claims. Stateless. */
final class TurnOwners {
    private static final int LOOKS = 2;

    private TurnOwners() {}

    /** Whether a server, or whoever claims its folder, has the turn at {@code path}. Looks twice, for what is being claimed. */
    static boolean has(DataFolder data, TurnPath path) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            if (has(data.nodes(), path.marker())) {
                return true;
            }
        }
        return false;
    }

    /** The draft of a marker first: it may become the marker meanwhile. */
    private static boolean has(Path nodes, String marker) throws IOException {
        for (Path node : Folders.list(nodes)) {
            Path active = node.resolve("active");
            if (Files.exists(active.resolve(marker + NodeFolder.CLAIMING))
                    || Files.exists(active.resolve(marker))
                    || has(node.resolve("claims"), marker)) {
                return true;
            }
        }
        return false;
    }
}
