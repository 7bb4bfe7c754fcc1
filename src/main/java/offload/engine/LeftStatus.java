package offload.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.disk.Presence;
import offload.files.WholeFile;
import offload.json.JsonFault;
import offload.json.JsonSource;
import offload.status.ResponseFacts;
import offload.status.StatusDocument;
import offload.status.StatusParts;
import offload.status.TurnTimes;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a left turn: its status file, and its marker, which holds the first status. After a power cut either
 * can be missing or damaged. Stateless.
 */
final class LeftStatus {
    private static final Logger LOG = System.getLogger(LeftStatus.class.getName());

    /** How much memory a status takes while it is taken apart, for each of its bytes. */
    static final int MEMORY = 10;

    private static final int LONG = 4 << 20;

    private LeftStatus() {}

    /** Puts the first status back in the place of one that is gone, though the turn's log is there. */
    static byte @Nullable [] restore(Path marker, Path status, Path events) throws IOException {
        byte[] first = WholeFile.read(marker);
        if (first == null || first.length == 0 || !Presence.of(events)) {
            return null;
        }
        try {
            Files.copy(marker, status);
            return first;
        } catch (FileAlreadyExistsException e) {
            return WholeFile.read(status);
        }
    }

    /**
     * Reads {@code status}, or the marker where that is damaged, or makes up what the path alone tells. The marker goes first
     * where the status has a long answer, which is in the log as well: taken apart, it takes ten times its bytes.
     */
    static StatusParts parts(TurnPath path, byte[] status, Path marker) throws IOException {
        boolean markerFirst = status.length - marker.toFile().length() > LONG;
        StatusParts parts = markerFirst ? ofMarker(path, marker) : parts(path, status);
        if (parts == null) {
            parts = markerFirst ? parts(path, status) : ofMarker(path, marker);
        }
        // A status has the second in which its turn began, its marker was made in that moment.
        return (parts == null ? unknown(path) : parts).begunAt(marker.toFile().lastModified());
    }

    private static @Nullable StatusParts ofMarker(TurnPath path, Path marker) throws IOException {
        byte[] first = WholeFile.read(marker);
        return first == null ? null : parts(path, first);
    }

    private static @Nullable StatusParts parts(TurnPath path, byte[] text) {
        try {
            return StatusParts.parse(text);
        } catch (JsonFault e) {
            LOG.log(Level.WARNING, "the status of " + path.relative() + " is damaged: " + e.getMessage());
            return null;
        }
    }

    /** The relative reference is right wherever the status is served. */
    private static StatusParts unknown(TurnPath path) {
        StatusDocument document = new StatusDocument(
                TurnKind.STREAM,
                path.second(),
                path.name(),
                path.name() + ".json",
                null,
                "{}",
                JsonSource.of("{\"messages\":[]}"));
        TurnTimes times = new TurnTimes(path.second() * 1000, null, null, null);
        return new StatusParts(document, times, ResponseFacts.NONE, "[]", 1, "null");
    }
}
