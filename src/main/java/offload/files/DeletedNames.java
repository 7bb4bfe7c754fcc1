package offload.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import offload.disk.Folders;
import offload.disk.Presence;
import offload.turn.TurnPath;

/**
 * The names of turns that were deleted, as long as a submission could ask for them again: whoever has the URLs and the
 * tokens of a deleted turn must not find another one there. A name is asked for in its own second only; a day covers a
 * submission on a server that was frozen, and clocks that differ. Any thread.
 */
public final class DeletedNames {
    private static final long KEPT_SECONDS = TimeUnit.HOURS.toSeconds(24);

    private final Path folder;
    private final InstantSource clock;

    DeletedNames(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * At the start of a server, so that it is the server's: on a full device a deletion has room for no more than one file,
     * once it has removed one.
     */
    void makeFolder() throws IOException {
        FolderModes.makePrivate(folder);
    }

    /** From now on nobody gets this name; to be called while the turn's status is still there. */
    public void add(TurnPath path) throws IOException {
        if (canBeAskedFor(path)) {
            FolderModes.makePrivate(folder);
            try {
                Files.createFile(file(path));
            } catch (FileAlreadyExistsException e) {
                // Deleted twice at once.
            }
        }
    }

    /** Whether a turn of this name was deleted. To be asked once the name is claimed: until then it may be deleted yet. */
    boolean has(TurnPath path) throws IOException {
        return Presence.of(file(path));
    }

    /** Forgets those that nobody can ask for any more. */
    public void round() throws IOException {
        for (Path file : Folders.list(folder)) {
            String marker = String.valueOf(file.getFileName());
            if (TurnPath.parseMarker(marker).filter(this::canBeAskedFor).isEmpty()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean canBeAskedFor(TurnPath path) {
        return path.second() > clock.instant().getEpochSecond() - KEPT_SECONDS;
    }

    private Path file(TurnPath path) {
        return folder.resolve(path.marker());
    }
}
