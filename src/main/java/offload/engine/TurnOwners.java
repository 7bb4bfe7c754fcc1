package offload.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import offload.disk.Folders;
import offload.disk.Presence;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.files.NodeLayout;
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

    /** Those of all turns that servers have: one look for many. What is not among them may be had all the same. */
    static Set<String> markers(DataFolder data) throws IOException {
        Set<String> markers = new HashSet<>();
        collect(data.nodes(), markers);
        return markers;
    }

    private static void collect(Path nodes, Set<String> markers) throws IOException {
        for (Path node : Folders.list(nodes)) {
            for (Path marker : Folders.list(new NodeLayout(node).active())) {
                markers.add(String.valueOf(marker.getFileName()));
            }
            collect(new NodeLayout(node).claims(), markers);
        }
    }

    /** The draft of a marker first: it may become the marker meanwhile. */
    private static boolean has(Path nodes, String marker) throws IOException {
        for (Path node : Folders.list(nodes)) {
            Path active = new NodeLayout(node).active();
            if (Presence.of(active.resolve(marker + NodeFolder.CLAIMING))
                    || Presence.of(active.resolve(marker))
                    || has(new NodeLayout(node).claims(), marker)) {
                return true;
            }
        }
        return false;
    }
}
