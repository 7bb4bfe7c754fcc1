package offload.files;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/**
 * Watches the other nodes of the data folder and claims the folders of dead ones. A node is dead when its lock can be
 * taken and its heart does not beat: no beat for {@value #STALE_SECONDS} s of this process's own clock, so that the
 * clocks of machines need not agree; or none at all where it ran on this same boot of this machine, because there the
 * lock alone proves it. For one thread.
 */
public final class OtherNodes {
    /** How long a heart must not have beaten, in seconds. */
    public static final int STALE_SECONDS = 6;

    private static final Logger LOG = System.getLogger(OtherNodes.class.getName());

    private final DataFolder data;
    private final NodeFolder self;
    private final Map<String, Beat> beats = new HashMap<>();
    /** Those that could not be claimed at the last try: it is told once. */
    private final Set<String> unclaimable = new HashSet<>();

    private record Beat(String value, long sinceNanos) {}

    /** Watches for {@code self}. */
    public OtherNodes(DataFolder data, NodeFolder self) {
        this.data = data;
        this.self = self;
    }

    /** Claims every dead node's folder with one rename each; they are then in the own claims. */
    public void claimDead() throws IOException {
        List<String> seen = new ArrayList<>();
        for (Path folder : Folders.list(data.nodes())) {
            String id = String.valueOf(folder.getFileName());
            if (id.startsWith(".old-")) {
                // Left empty by a node that went down in order, and died while it cleared up.
                Folders.remove(folder);
            } else if (!id.startsWith(".") && !HeldLocks.has(id) && Files.isDirectory(folder)) {
                seen.add(id);
                claimIfDead(id, folder);
            }
        }
        beats.keySet().retainAll(seen);
        unclaimable.retainAll(seen);
    }

    /** One that cannot be claimed, because another user made it for example, keeps no other from it. */
    private void claimIfDead(String id, Path folder) {
        try {
            if (isSilent(id, folder)) {
                claim(id, folder);
            }
            unclaimable.remove(id);
        } catch (IOException e) {
            if (unclaimable.add(id)) {
                LOG.log(Level.WARNING, folder + " cannot be claimed, for now: " + e);
            }
        }
    }

    /**
     * Whether the turn whose {@code status} was read before is not that of the dead node that left {@code marker}: that
     * one did not get the name, or another node that nobody has claimed works on it. A draft of a marker proves nothing
     * by itself: its node may have died, or be about to see, that the name is taken.
     */
    public boolean haveTurn(TurnPath path, Path marker, Path status) throws IOException {
        if (marker.toString().endsWith(NodeFolder.CLAIMING) && !TurnClaim.isWon(marker, status)) {
            return true;
        }
        for (Path folder : Folders.list(data.nodes())) {
            Path active = folder.resolve("active");
            Path draft = active.resolve(path.marker() + NodeFolder.CLAIMING);
            // The draft first: it may become the marker meanwhile.
            if (!marker.startsWith(active)
                    && (TurnClaim.isWon(draft, status) || Files.exists(active.resolve(path.marker())))) {
                return true;
            }
        }
        return false;
    }

    private boolean isSilent(String id, Path folder) throws IOException {
        String value = read(folder.resolve("heartbeat"));
        if (BootId.current().equals(read(folder.resolve("boot")))) {
            return true;
        }
        Beat known = beats.get(id);
        if (known == null || !known.value().equals(value)) {
            beats.put(id, new Beat(value, System.nanoTime()));
            return false;
        }
        return System.nanoTime() - known.sinceNanos() > STALE_SECONDS * 1_000_000_000L;
    }

    private void claim(String id, Path folder) throws IOException {
        try (FileChannel lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = lockFile.tryLock();
            if (lock != null) {
                Files.move(folder, self.claims().resolve(id), StandardCopyOption.ATOMIC_MOVE);
                Folders.sync(self.claims());
                Folders.sync(data.nodes());
                beats.remove(id);
            }
        } catch (NoSuchFileException e) {
            // Somebody else was first.
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
