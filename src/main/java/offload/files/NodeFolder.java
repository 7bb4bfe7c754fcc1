package offload.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import offload.disk.DeviceSync;
import offload.disk.Folders;
import offload.files.liveness.Liveness;
import offload.turn.TurnPath;

/**
 * This process's own folder below {@code .offload/nodes}: its lock, its heartbeat, the markers of its active turns, its
 * drafts and its webhooks. Whoever renames the folder away owns all of that; this node then finds nothing any more and
 * writes nothing more. Any thread, but {@link #beat} from one.
 */
public final class NodeFolder implements Closeable {
    /** Ends the marker of a turn whose name is not yet its own. */
    public static final String CLAIMING = ".claiming";

    /** Begins the name of the folder of a node that begins. */
    static final String NEW = ".new-";

    /** Begins the name of the folder of a node that has gone. */
    static final String OLD = ".old-";

    private final String id;
    private final DataFolder data;
    private final Path folder;
    private final NodeLayout layout;
    private final Liveness liveness;
    private final Drafts drafts;

    private NodeFolder(String id, DataFolder data, Path folder, Liveness liveness) {
        this.id = id;
        this.data = data;
        this.folder = folder;
        this.layout = new NodeLayout(folder);
        this.liveness = liveness;
        this.drafts = new Drafts(layout.drafts(), data.device());
    }

    /**
     * Makes a new node in {@code data}, on a full device with the room that the ballast of dead nodes takes. It appears
     * under its name only when its lock is held and its heart beats.
     */
    public static NodeFolder create(DataFolder data) throws IOException {
        try {
            return make(data);
        } catch (IOException e) {
            if (DeadBallast.giveUp(data)) {
                return make(data);
            }
            throw e;
        }
    }

    private static NodeFolder make(DataFolder data) throws IOException {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        FolderModes.makePrivate(data.nodes());
        data.deletedNames().makeFolder();
        Path making = data.nodes().resolve(NEW + id);
        Liveness.announce(id);
        try {
            return begin(data, id, making);
        } catch (IOException e) {
            Folders.remove(making);
            throw e;
        }
    }

    /** The node that a folder with this name is, begins to be or was. */
    static String idOf(String name) {
        return Stream.of(NEW, OLD)
                .filter(name::startsWith)
                .map(beginning -> name.substring(beginning.length()))
                .findFirst()
                .orElse(name);
    }

    private static NodeFolder begin(DataFolder data, String id, Path making) throws IOException {
        Path folder = data.nodes().resolve(id);
        // Not with all that leads to it: a folder that was taken away meanwhile, as left by a dead node, must not come
        // again.
        Files.createDirectory(making);
        for (Path inner : new NodeLayout(making).folders()) {
            Files.createDirectory(inner);
        }
        Liveness liveness = Liveness.begin(data.nodes(), making, folder);
        Folders.sync(data.nodes());
        return new NodeFolder(id, data, folder, liveness);
    }

    /** What forces files to the device. */
    public DeviceSync device() {
        return data.device();
    }

    /** The node's name. */
    public String id() {
        return id;
    }

    /** The marker of an active turn. */
    public Path marker(String marker) {
        return active().resolve(marker);
    }

    /** The folder of the markers. */
    public Path active() {
        return layout.active();
    }

    /** The webhooks that this node sends. */
    public Path webhooks() {
        return layout.webhooks();
    }

    /** The folders of dead nodes that this one has claimed and not yet put in order. */
    public Path claims() {
        return layout.claims();
    }

    /** A name for a draft that nobody else uses. */
    public Path draft() {
        return drafts.next();
    }

    /** The drafts of statuses. */
    Drafts drafts() {
        return drafts;
    }

    /** The claims on submissions that may be repeated, as long as they are not answered. */
    public Path repeats() {
        return layout.repeats();
    }

    /** What keeps room on the device for the last writes. */
    Path ballast() {
        return layout.ballast();
    }

    /** The marker of a turn that is just being claimed: nobody knows yet whether the name is its own. */
    public Path claiming(String marker) {
        return active().resolve(marker + CLAIMING);
    }

    /** Takes {@code file} away by a rename into this node's folder, which fails once the folder is another's. */
    public void discard(Path file) throws IOException {
        Path bin = draft();
        try {
            Files.move(file, bin, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(bin);
        } catch (NoSuchFileException e) {
            if (!Files.notExists(file) || !Files.exists(folder)) {
                throw e;
            }
        }
    }

    /** Forces the marker of a turn, which is its first status, to the device; see {@link #syncNames}. */
    public void syncMarker(TurnPath path) throws IOException {
        Folders.sync(marker(path.marker()));
    }

    /** Makes the names of turns that have begun survive a power cut: of their markers, their files and all folders. */
    public void syncNames(Collection<TurnPath> paths) throws IOException {
        Folders.sync(active());
        Set<String> done = new HashSet<>();
        for (TurnPath path : paths) {
            if (done.add(path.folder())) {
                data.syncNames(path);
            }
        }
    }

    /** Makes the names of a turn's files survive a power cut. */
    public void syncFileNames(TurnPath path) throws IOException {
        data.syncNames(path);
    }

    /** Says that this node lives; to be called every second. Fails where the device does; the lease runs on then. */
    public void beat() throws IOException {
        liveness.beat();
    }

    /**
     * Whether this node may still write to its turns. Costs a look at the clock; only after a pause that is longer than
     * the lease, such as that of a process that was frozen, a look at the folder. Fails where that cannot be told.
     */
    public boolean isOurs() throws IOException {
        return liveness.isOurs();
    }

    /** Leaves: removes the folder, which must hold nothing that is still to be done, or leaves it to be claimed. */
    @Override
    public void close() throws IOException {
        Path gone = folder.resolveSibling(OLD + id);
        boolean removes = false;
        try {
            removes = isEmpty() && isOurs();
            if (removes) {
                Files.move(folder, gone);
            }
        } finally {
            // Before they are removed: file systems of several machines keep a file that is open, under another name.
            liveness.close();
            Liveness.withdraw(id);
        }
        if (removes) {
            Folders.remove(gone);
        }
    }

    private boolean isEmpty() throws IOException {
        return Folders.list(active()).isEmpty()
                && Folders.list(claims()).isEmpty()
                && Folders.list(repeats()).isEmpty()
                && !hasFiles(webhooks());
    }

    private static boolean hasFiles(Path folder) throws IOException {
        for (Path entry : Folders.list(folder)) {
            if (!Files.isDirectory(entry) || hasFiles(entry)) {
                return true;
            }
        }
        return false;
    }
}
