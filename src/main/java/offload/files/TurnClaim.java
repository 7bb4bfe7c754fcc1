package offload.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import offload.disk.Folders;
import offload.disk.Presence;
import offload.eventlog.EventLog;
import offload.json.JsonSource;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/**
 * A turn's claim on its name, and its first files. The first status is written once, as a marker in this node's folder,
 * and then linked to its place: the link is atomic and exclusive, so that two turns never share files, on however many
 * nodes; and at no moment is there a turn that no marker tells of. Only then does the marker lose its ending {@value
 * NodeFolder#CLAIMING}: a crash before that leaves one that proves nothing, unless it is the status itself.
 *
 * @param path where the turn is
 * @param log its empty event log, open
 * @param status what replaces its first status
 */
public record TurnClaim(TurnPath path, EventLog log, StatusWriter status) {
    private static final int MOST_NAMES = 100_000;

    /** The first status of a turn, given where it is to be. */
    public interface FirstStatus {
        /** The file has nothing else. */
        JsonSource at(TurnPath path) throws IOException;
    }

    /**
     * Claims {@code wanted}, or the first free {@code -2}, {@code -3} ... of it.
     *
     * @param stuck is told of a name that was got and could not be given up again: its status must not wait for ever
     */
    public static TurnClaim take(
            DataFolder data, NodeFolder node, TurnPath wanted, FirstStatus firstStatus, Consumer<TurnPath> stuck)
            throws IOException {
        data.makeFolder(wanted);
        for (int number = 1; number < MOST_NAMES; number++) {
            TurnPath path = number == 1 ? wanted : wanted.numbered(number);
            TurnClaim claim = tryTake(data, node, path, firstStatus, stuck);
            if (claim != null) {
                return claim;
            }
        }
        throw new IOException("no free name for " + wanted.relative());
    }

    private static @Nullable TurnClaim tryTake(
            DataFolder data, NodeFolder node, TurnPath path, FirstStatus firstStatus, Consumer<TurnPath> stuck)
            throws IOException {
        TurnFiles files = data.files(path);
        Path marker = node.marker(path.marker());
        // Its place in the turn's folder is claimed by the link; a marker would be replaced.
        if (Presence.of(marker)) {
            return null;
        }
        Path claiming = node.claiming(path.marker());
        boolean linked = false;
        try {
            if (!node.drafts().make(claiming, firstStatus.at(path))) {
                return null;
            }
            Folders.linkOrCopy(files.status(), claiming);
            linked = true;
            if (data.deletedNames().has(path)) {
                release(files, node, path, true);
                return null;
            }
            Files.move(claiming, marker, StandardCopyOption.ATOMIC_MOVE);
            return new TurnClaim(path, openEmpty(files.events(), node), new StatusWriter(node, files.status()));
        } catch (FileAlreadyExistsException e) {
            releaseOrTell(files, node, path, linked, stuck);
            return null;
        } catch (IOException | RuntimeException | Error e) {
            try {
                releaseOrTell(files, node, path, linked, stuck);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    private static EventLog openEmpty(Path events, NodeFolder node) throws IOException {
        if (!events.toFile().createNewFile()) {
            throw new FileAlreadyExistsException(events.toString());
        }
        try {
            return new EventLog(events, node.device());
        } catch (IOException | Error e) {
            node.discard(events);
            throw e;
        }
    }

    /** Gives the name up again: nothing of the turn is left. */
    public void undo(DataFolder data, NodeFolder node) throws IOException {
        log.close();
        TurnFiles files = data.files(path);
        node.discard(files.events());
        release(files, node, path, true);
    }

    private static void releaseOrTell(
            TurnFiles files, NodeFolder node, TurnPath path, boolean linked, Consumer<TurnPath> stuck)
            throws IOException {
        try {
            release(files, node, path, linked);
        } catch (IOException e) {
            if (linked) {
                stuck.accept(path);
            }
            throw e;
        }
    }

    /** The status first: as long as it is there, a marker tells of it. A marker that is not ours stays. */
    private static void release(TurnFiles files, NodeFolder node, TurnPath path, boolean linked) throws IOException {
        if (linked) {
            node.discard(files.status());
        }
        Files.deleteIfExists(node.claiming(path.marker()));
        if (linked) {
            Files.deleteIfExists(node.marker(path.marker()));
        }
    }
}
