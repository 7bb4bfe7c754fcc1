package offload.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/**
 * A turn's claim on its name, and its first files. The first status is written once, as the active marker of this node,
 * and then linked to its place: the link is atomic and exclusive, so that two turns never share files, on however many
 * nodes; and at no moment is there a turn that no marker tells of.
 *
 * @param path where the turn is
 * @param log its empty event log, open
 */
public record TurnClaim(TurnPath path, EventLog log) {
    private static final int MOST_NAMES = 100_000;

    /** Claims {@code wanted}, or the first free {@code -2}, {@code -3} ... of it. */
    public static TurnClaim take(
            DataFolder data, NodeFolder node, TurnPath wanted, Function<TurnPath, byte[]> firstStatus)
            throws IOException {
        data.makeFolder(wanted);
        for (int number = 1; number < MOST_NAMES; number++) {
            TurnPath path = number == 1 ? wanted : wanted.numbered(number);
            TurnClaim claim = tryTake(data.files(path), node, path, firstStatus);
            if (claim != null) {
                return claim;
            }
        }
        throw new IOException("no free name for " + wanted.relative());
    }

    private static @Nullable TurnClaim tryTake(
            TurnFiles files, NodeFolder node, TurnPath path, Function<TurnPath, byte[]> firstStatus)
            throws IOException {
        if (files.status().toFile().exists()) {
            return null;
        }
        Path marker = node.marker(path.marker());
        if (!marker.toFile().createNewFile()) {
            return null;
        }
        boolean linked = false;
        try {
            try (FileOutputStream out = new FileOutputStream(marker.toFile())) {
                out.write(firstStatus.apply(path));
            }
            link(files.status(), marker);
            linked = true;
            return new TurnClaim(path, openEmpty(files.events()));
        } catch (FileAlreadyExistsException e) {
            release(files, marker, linked);
            return null;
        } catch (IOException | RuntimeException e) {
            release(files, marker, linked);
            throw e;
        }
    }

    private static void link(Path status, Path marker) throws IOException {
        try {
            Files.createLink(status, marker);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // No hard links on this file system: a copy is exclusive too, only not atomic.
            Files.copy(marker, status);
        }
    }

    private static EventLog openEmpty(Path events) throws IOException {
        if (!events.toFile().createNewFile()) {
            throw new FileAlreadyExistsException(events.toString());
        }
        return new EventLog(events);
    }

    /** Gives the name up again: nothing of the turn is left. */
    public void undo(DataFolder data, NodeFolder node) throws IOException {
        log.close();
        TurnFiles files = data.files(path);
        Files.deleteIfExists(files.events());
        release(files, node.marker(path.marker()), true);
    }

    private static void release(TurnFiles files, Path marker, boolean linked) throws IOException {
        if (linked) {
            Files.deleteIfExists(files.status());
        }
        Files.deleteIfExists(marker);
    }
}
