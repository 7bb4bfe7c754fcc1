package offload.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import offload.disk.DeviceSync;
import offload.disk.Folders;
import offload.disk.SharedSync;
import offload.disk.TopFolder;
import offload.turn.Access;
import offload.turn.TurnPath;

/**
 * The data folder: where everything is. It owns the layout and makes the folders; {@code .offload} inside is for the
 * server's eyes only (mode 0700). Any thread.
 */
public final class DataFolder {
    private static final int MOST_REMEMBERED = 1_000;

    private final Path root;
    private final Path hidden;
    /** Folders whose own names are known to survive a power cut. */
    private final Set<Path> lasting = ConcurrentHashMap.newKeySet();

    private final SharedSync syncs = new SharedSync(Folders::sync);
    private final DeviceSync device;
    private final DeletedNames deletedNames;

    /** The last that was made, which nearly all turns of a second need: only a look at it is saved. */
    private volatile String lastFolder = "";

    /** Opens the data folder at {@code root} for a server, making it where there is none. */
    public DataFolder(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        this.hidden = this.root.resolve(".offload");
        this.device = new DeviceSync(this.root);
        this.deletedNames = namesIn(hidden);
        Files.createDirectories(this.root);
        FolderModes.makePrivate(hidden);
        FolderModes.makeForGroup(tree(Access.PRIVATE));
    }

    private DataFolder(Path root, Path hidden) {
        this.root = root;
        this.hidden = hidden;
        this.device = new DeviceSync(root);
        this.deletedNames = namesIn(hidden);
    }

    private static DeletedNames namesIn(Path hidden) {
        return new DeletedNames(hidden.resolve("deleted"), InstantSource.system());
    }

    /** The data folder at {@code root} for somebody who only looks: nothing is made. */
    public static DataFolder seen(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        return new DataFolder(absolute, absolute.resolve(".offload"));
    }

    /** The data folder at {@code root} for a command that leaves something to the servers: made where there is none. */
    public static DataFolder forCommand(Path root) throws IOException {
        DataFolder data = seen(root);
        CommandFolder.makePrivate(data.hidden);
        return data;
    }

    /** The folder itself, absolute. */
    public Path root() {
        return root;
    }

    /** What forces its files to the device. */
    public DeviceSync device() {
        return device;
    }

    /** The files of a turn; none of them needs to exist. */
    public TurnFiles files(TurnPath path) {
        return new TurnFiles(root.resolve(path.folder()), path.name());
    }

    /** Makes the folder of the turn's second, in a data folder that is in sight. */
    public void makeFolder(TurnPath path) throws IOException {
        String folder = path.folder();
        if (!folder.equals(lastFolder)) {
            if (!hidden.toFile().exists()) {
                // What is made in the place of a mount that was undone would be in the way of the next one.
                throw new NoSuchFileException(hidden.toString());
            }
            Path made = root.resolve(folder);
            makeTop(Objects.requireNonNull(made.getParent()));
            Files.createDirectories(made);
            device.include(made);
            lastFolder = folder;
        }
    }

    private static void makeTop(Path folder) throws IOException {
        if (!folder.toFile().exists()) {
            Files.createDirectories(folder);
            // Else all turns lie in one place, where each that is removed delays those that are made.
            TopFolder.mark(folder);
        }
    }

    /** Makes the names of the turn's files, and of the folders that lead to them, survive a power cut. */
    public void syncNames(TurnPath path) throws IOException {
        device.sync(() -> syncs.sync(root.resolve(path.folder())));
        if (lasting.size() > MOST_REMEMBERED) {
            lasting.clear();
        }
        Path folder = root.resolve(path.folder());
        while (!folder.equals(root) && !lasting.contains(folder)) {
            Path parent = Objects.requireNonNull(folder.getParent());
            device.sync(() -> syncs.sync(parent));
            lasting.add(folder);
            folder = parent;
        }
    }

    /** Where the days of public or of private turns are. */
    public Path tree(Access access) {
        return root.resolve(access.folder());
    }

    /** The folders of all nodes. */
    public Path nodes() {
        return hidden.resolve("nodes");
    }

    /** The service keys; their usage is beside it. */
    public Path keys() {
        return hidden.resolve("keys");
    }

    /** What was answered to submissions that may be repeated. */
    public Path idempotency() {
        return hidden.resolve("idempotency");
    }

    /** The names of turns that were deleted. */
    public DeletedNames deletedNames() {
        return deletedNames;
    }

    /** The server's secret. */
    public Path secret() {
        return hidden.resolve("secret");
    }
}
