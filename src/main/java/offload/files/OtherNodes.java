package offload.files;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import offload.disk.Folders;
import offload.disk.Presence;
import offload.files.liveness.FailureDetector;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/**
 * Watches the other nodes of the data folder and claims the folders of dead ones. A node is dead when its lock can be
 * taken and its heart does not beat: no beat for {@value FailureDetector#STALE_SECONDS} s of this process's own clock, so that the
 * clocks of machines need not agree; or none at all where it ran on this same boot of this machine and this same mount,
 * because there the lock alone proves it. For one thread.
 */
public final class OtherNodes {
    private static final Logger LOG = System.getLogger(OtherNodes.class.getName());

    private final DataFolder data;
    private final NodeFolder self;
    private final FailureDetector detector;
    /** Those that could not be claimed at the last try: it is told once. */
    private final Set<String> unclaimable = new HashSet<>();

    /** Watches for {@code self}. */
    public OtherNodes(DataFolder data, NodeFolder self) {
        this(data, self, System::nanoTime);
    }

    OtherNodes(DataFolder data, NodeFolder self, LongSupplier nanos) {
        this.data = data;
        this.self = self;
        this.detector = new FailureDetector(data.nodes(), nanos);
    }

    /** Claims every dead node's folder with one rename each; they are then in the own claims. */
    public void claimDead() throws IOException {
        List<String> seen = new ArrayList<>();
        for (Path folder : Folders.list(data.nodes())) {
            String id = String.valueOf(folder.getFileName());
            if (Files.isDirectory(folder) && !FailureDetector.isHere(NodeFolder.idOf(id))) {
                seen.add(id);
                putInOrder(id, folder);
            }
        }
        detector.forgetAllBut(seen);
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
            } else if (!id.startsWith(".") && detector.isSilent(id, folder)) {
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
        if (marker.toString().endsWith(NodeFolder.CLAIMING) && !WholeFile.isTakenWith(marker, status)) {
            return true;
        }
        for (Path folder : Folders.list(data.nodes())) {
            Path active = new NodeLayout(folder).active();
            Path draft = active.resolve(path.marker() + NodeFolder.CLAIMING);
            // The draft first: it may become the marker meanwhile.
            if (!marker.startsWith(active)
                    && (WholeFile.isTakenWith(draft, status) || Presence.of(active.resolve(path.marker())))) {
                return true;
            }
        }
        return false;
    }

    /** Left by a node that died while it began. One that is only slow finds by the rename that it is too late. */
    private void removeIfNeverBegun(String id, Path folder) throws IOException {
        if (!detector.isStuck(id)) {
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
        try (FileChannel lockFile = FileChannel.open(new NodeLayout(folder).lock(), StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = lockFile.tryLock();
            if (lock != null) {
                Files.move(folder, freeClaim(id), StandardCopyOption.ATOMIC_MOVE);
                Folders.sync(self.claims());
                Folders.sync(data.nodes());
                detector.forget(id);
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
}
