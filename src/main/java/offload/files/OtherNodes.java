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
import java.util.function.LongSupplier;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/**
 * Watches the other nodes of the data folder and claims the folders of dead ones. A node is dead when its lock can be
 * taken and its heart does not beat: no beat for {@value #STALE_SECONDS} s of this process's own clock, so that the
 * clocks of machines need not agree; or none at all where it ran on this same boot of this machine and this same mount,
 * because there the lock alone proves it. For one thread.
 */
public final class OtherNodes {
    /** How long a heart must not have beaten, in seconds. */
    public static final int STALE_SECONDS = 6;

    /** How long a node may take to begin, which it does in a moment; one that was frozen ends when it goes on. */
    private static final long BEGINNING_NANOS = 60_000_000_000L;

    private static final Logger LOG = System.getLogger(OtherNodes.class.getName());

    private final DataFolder data;
    private final NodeFolder self;
    private final LongSupplier nanos;
    private final Map<String, Beat> beats = new HashMap<>();
    /** Those that could not be claimed at the last try: it is told once. */
    private final Set<String> unclaimable = new HashSet<>();

    private final SeenLocks locks = new SeenLocks();

    private record Beat(String value, long sinceNanos) {}

    /** Watches for {@code self}. */
    public OtherNodes(DataFolder data, NodeFolder self) {
        this(data, self, System::nanoTime);
    }

    OtherNodes(DataFolder data, NodeFolder self, LongSupplier nanos) {
        this.data = data;
        this.self = self;
        this.nanos = nanos;
    }

    /** Claims every dead node's folder with one rename each; they are then in the own claims. */
    public void claimDead() throws IOException {
        List<String> seen = new ArrayList<>();
        for (Path folder : Folders.list(data.nodes())) {
            String id = String.valueOf(folder.getFileName());
            if (Files.isDirectory(folder) && !HeldLocks.has(NodeFolder.idOf(id))) {
                seen.add(id);
                putInOrder(id, folder);
            }
        }
        beats.keySet().retainAll(seen);
        locks.forgetAllBut(seen);
        unclaimable.retainAll(seen);
    }

    /** One that cannot be claimed, because another user made it for example, keeps no other from it. */
    private void putInOrder(String id, Path folder) {
        try {
            if (id.startsWith(NodeFolder.OLD)) {
                // Left empty by a node that went down in order, and died while it cleared up.
                Folders.remove(folder);
            } else if (id.startsWith(NodeFolder.NEW)) {
                removeIfNeverBegun(id, folder);
            } else if (!id.startsWith(".") && isSilent(id, folder)) {
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
        if (BootId.at(data.nodes()).equals(read(folder.resolve("boot")))) {
            return true;
        }
        Beat known = beats.get(id);
        if (known == null || !known.value().equals(value)) {
            beats.put(id, new Beat(value, nanos.getAsLong()));
            if (known != null && locks.areMissing(id, folder)) {
                LOG.log(
                        Level.WARNING,
                        "the file system of " + folder + " does not show the lock of the server that runs there:"
                                + " whichever stands still for " + STALE_SECONDS + " s loses its turns to another");
            }
            return false;
        }
        return nanos.getAsLong() - known.sinceNanos() > STALE_SECONDS * 1_000_000_000L;
    }

    /** Left by a node that died while it began. One that is only slow finds by the rename that it is too late. */
    private void removeIfNeverBegun(String id, Path folder) throws IOException {
        Beat known = beats.computeIfAbsent(id, _ -> new Beat("", nanos.getAsLong()));
        if (nanos.getAsLong() - known.sinceNanos() <= BEGINNING_NANOS) {
            return;
        }
        Path gone = folder.resolveSibling(NodeFolder.OLD + NodeFolder.idOf(id));
        try {
            Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // It has begun, or somebody else was first.
            return;
        }
        Folders.remove(gone);
    }

    private void claim(String id, Path folder) throws IOException {
        try (FileChannel lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = lockFile.tryLock();
            if (lock != null) {
                Files.move(folder, freeClaim(id), StandardCopyOption.ATOMIC_MOVE);
                Folders.sync(self.claims());
                Folders.sync(data.nodes());
                beats.remove(id);
            }
        } catch (NoSuchFileException e) {
            // Somebody else was first.
        }
    }

    /** A folder that is left by hand has the name of an earlier one, in which something may still wait for its end. */
    private Path freeClaim(String id) {
        Path claim = self.claims().resolve(id);
        for (int number = 2; Files.exists(claim); number++) {
            claim = self.claims().resolve(id + '-' + number);
        }
        return claim;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
