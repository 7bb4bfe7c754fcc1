package offload.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import offload.files.DataFolder;
import offload.files.NodeLayout;
import offload.files.StatusFile;
import offload.files.TurnFiles;
import offload.files.WholeFile;
import offload.json.JsonFault;
import offload.status.StatusParts;
import offload.status.StatusText;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;

/**
 * Turns that are not final and that no server has to see through: they ran when the folder was copied, and the copy is
 * without them in the folders of nodes. Nobody walks the tree for them; whoever asks for one has it put into a folder
 * as a dead node leaves it, which any server claims, and finishes like all others. {@link #asked} is for any thread,
 * {@link #round} for one.
 */
final class Orphans {
    private static final Logger LOG = System.getLogger(Orphans.class.getName());
    private static final int MOST = 10_000;
    /** A copy that is still being brought up to date, or a server whose folder is not seen, writes more often. */
    private static final long QUIET_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final DataFolder data;
    private final DocumentMemory memory;
    private final Set<TurnPath> asked = ConcurrentHashMap.newKeySet();

    /** {@code memory} is for statuses that are taken apart. */
    Orphans(DataFolder data, DocumentMemory memory) {
        this.data = data;
        this.memory = memory;
    }

    /** Somebody reads the turn at {@code path}, which is not final, and does not run here. */
    void asked(TurnPath path) {
        if (asked.size() < MOST) {
            asked.add(path);
        }
    }

    /** Leaves those to be finished that nobody has; keeps those in mind that cannot be judged yet. */
    void round() throws IOException {
        if (!asked.isEmpty()) {
            // Nearly all run on another server: one look at its markers is enough for thousands that are polled here.
            Set<String> had = TurnOwners.markers(data);
            asked.removeIf(path -> had.contains(path.marker()) || isSettled(path));
        }
    }

    private boolean isSettled(TurnPath path) {
        try {
            TurnFiles files = data.files(path);
            if (StatusFile.isFinalOrGone(files.status()) || TurnOwners.has(data, path)) {
                return true;
            }
            if (!isQuiet(files)) {
                return false;
            }
            // Asked last: who had it may have finished it before that was asked.
            if (isRunning(files.status())) {
                leave(path.marker());
            }
            return true;
        } catch (IOException | ApiException e) {
            LOG.log(Level.DEBUG, path.relative() + " cannot be finished, for now: " + e);
            return false;
        }
    }

    /** A damaged status is a matter for the operator, who may have a better one. */
    private boolean isRunning(Path file) throws IOException {
        long length = file.toFile().length();
        try (DocumentMemory.Hold _ = memory.hold(LeftStatus.MEMORY * length, ApiError.TOO_MANY_TURNS)) {
            byte[] status = WholeFile.read(file);
            return status != null && !StatusText.isFinal(status) && StatusParts.parse(status) != null;
        } catch (JsonFault e) {
            return false;
        }
    }

    private static boolean isQuiet(TurnFiles files) throws IOException {
        long now = System.currentTimeMillis();
        return isQuiet(files.status(), now) && isQuiet(files.events(), now);
    }

    private static boolean isQuiet(Path file, long now) throws IOException {
        try {
            return Math.abs(now - Files.getLastModifiedTime(file).toMillis()) > QUIET_MILLIS;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Where the folder is claimed in between the next round does it; two servers that do the same leave one marker. */
    private void leave(String marker) throws IOException {
        NodeLayout left = new NodeLayout(data.nodes().resolve("left"));
        Files.createDirectories(left.active());
        touch(left.lock());
        touch(left.active().resolve(marker));
    }

    private static void touch(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // As it should be.
        }
    }
}
