package offload.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import offload.disk.Folders;
import offload.disk.Presence;
import offload.engine.execution.Execution;
import offload.engine.execution.RunningTurns;
import offload.engine.execution.Unfinished;
import offload.engine.idempotency.Idempotency;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.files.NodeLayout;
import offload.files.OtherNodes;
import offload.files.TurnFiles;
import offload.files.WholeFile;
import offload.json.JsonFault;
import offload.status.StatusParts;
import offload.status.StatusText;
import offload.sweep.Handover;
import offload.turn.TurnPath;
import offload.webhook.WebhookOutbox;
import org.jspecify.annotations.Nullable;

/**
 * Finishes what dead nodes left running, and what this one could not finish, for lack of room for example. It looks at
 * markers only: what it costs grows with the turns that were active, not with the data folder. For one thread, which has
 * the turns of one node finished several at a time.
 */
final class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getName());
    private static final int AT_ONCE = 8;
    /** How much memory an answer takes, for each byte of its log. */
    private static final int ANSWER_MEMORY = 2;

    private final DataFolder data;
    private final NodeFolder node;
    private final RunningTurns turns;
    private final WebhookOutbox webhooks;
    private final Execution execution;
    private final DocumentMemory memory;
    private final OtherNodes others;
    /** What could not be put in order at the last try: it is told once. */
    private final Set<Path> unsettled = ConcurrentHashMap.newKeySet();

    Recovery(
            DataFolder data,
            NodeFolder node,
            RunningTurns turns,
            WebhookOutbox webhooks,
            Execution execution,
            DocumentMemory memory) {
        this.data = data;
        this.node = node;
        this.turns = turns;
        this.webhooks = webhooks;
        this.execution = execution;
        this.memory = memory;
        this.others = new OtherNodes(data, node);
    }

    /** Claims dead nodes and puts in order what is claimed. */
    void round() throws IOException, InterruptedException {
        finishOwn();
        if (!node.isOurs()) {
            return;
        }
        others.claimDead();
        for (Path claimed : Folders.list(node.claims())) {
            try {
                settle(claimed);
                unsettled.remove(claimed);
            } catch (IOException e) {
                if (unsettled.add(claimed)) {
                    LOG.log(Level.WARNING, "putting " + claimed + " in order failed, for now: " + e);
                }
            }
        }
    }

    /** False where something is left in {@code claimed} that must be tried again. */
    private boolean settle(Path claimed) throws IOException, InterruptedException {
        NodeLayout dead = new NodeLayout(claimed);
        // On a full device this is the room in which what it left can end.
        Files.deleteIfExists(dead.ballast());
        // A node that died while it settled the claims of another: they are ours now as well.
        boolean all = true;
        for (Path inner : Folders.list(dead.claims())) {
            all &= settle(inner);
        }
        for (Path repeat : Folders.list(dead.repeats())) {
            Idempotency.release(data, repeat);
        }
        List<Path> markers = new ArrayList<>(Folders.list(dead.active()));
        // A webhook that waits for its turn's end without a marker: the turn ended, or never began, as the files tell.
        for (String waiting : webhooks.adopt(dead.webhooks())) {
            Path marker = dead.active().resolve(waiting);
            if (!markers.contains(marker)) {
                markers.add(marker);
            }
        }
        all &= finishAll(markers);
        if (all) {
            Folders.remove(claimed);
        }
        return all;
    }

    private boolean finishAll(List<Path> markers) throws InterruptedException {
        boolean all = true;
        try (ExecutorService workers = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().name("recovery-", 0).daemon().factory())) {
            List<Future<Boolean>> done = new ArrayList<>();
            markers.forEach(marker -> done.add(Handover.submit(workers, () -> tryFinish(marker, null))));
            for (Future<Boolean> one : done) {
                all &= one.get();
            }
            return all;
        } catch (ExecutionException e) {
            LOG.log(Level.ERROR, "recovery failed, for now: " + e.getCause());
            return false;
        }
    }

    private void finishOwn() throws IOException {
        for (var one : turns.unfinished().entrySet()) {
            if (!node.isOurs()) {
                return;
            }
            if (tryFinish(ownMarker(one.getKey()), one.getValue())) {
                turns.unfinished().remove(one.getKey());
            }
        }
    }

    /** Of a turn that got no further than its name it may still be a draft, which must prove that the name is its own. */
    private Path ownMarker(TurnPath path) {
        Path draft = node.claiming(path.marker());
        return Files.exists(draft) ? draft : node.marker(path.marker());
    }

    /** Makes the turn of {@code marker} final; false where that must be tried again. */
    private boolean tryFinish(Path marker, @Nullable Unfinished known) {
        String name = String.valueOf(marker.getFileName()).replace(NodeFolder.CLAIMING, "");
        try {
            TurnPath path = TurnPath.parseMarker(name).orElse(null);
            if (path == null || !finishAlone(path, marker, known)) {
                // A draft has none: a webhook of that name is the one of the turn that got the name. So it is where the
                // turn is this server's own, and somebody who did not see that left another marker.
                boolean other = !marker.equals(node.marker(name)) && Presence.of(node.marker(name));
                if (path != null && !other && !marker.toString().endsWith(NodeFolder.CLAIMING)) {
                    webhooks.discard(name);
                }
                Files.deleteIfExists(marker);
            }
            unsettled.remove(marker);
            return true;
        } catch (IOException | RuntimeException | Error e) {
            if (unsettled.add(marker)) {
                LOG.log(Level.WARNING, "finishing the turn of " + name + " failed, for now: " + e);
            }
            return false;
        }
    }

    /** Large ones one after the other: what left them had memory for other things than all of them at once. */
    private boolean finishAlone(TurnPath path, Path marker, @Nullable Unfinished known) throws IOException {
        TurnFiles files = data.files(path);
        long status = Math.max(files.status().toFile().length(), marker.toFile().length());
        long log = files.events().toFile().length();
        try (DocumentMemory.Hold _ = memory.await(LeftStatus.MEMORY * status + ANSWER_MEMORY * log)) {
            return finish(path, marker, known);
        }
    }

    /** False where there is no such turn: it was never answered, or deleted, or its name is another node's. */
    private boolean finish(TurnPath path, Path marker, @Nullable Unfinished known) throws IOException {
        TurnFiles files = data.files(path);
        byte[] status = WholeFile.read(files.status());
        // Asked after the reading: who made it has had a marker since before it was there.
        if (others.haveTurn(path, marker, files.status())) {
            return false;
        }
        if (status == null) {
            status = LeftStatus.restore(marker, files.status(), files.events());
        }
        if (status == null) {
            // A turn that is deleted leaves its folder: without that all of it is out of sight, as behind a link to a
            // device that was unmounted. Of one that a dead server left, a power cut may have taken both for good.
            if (known != null && !Presence.of(files.folder())) {
                throw new NoSuchFileException(files.folder().toString());
            }
            return false;
        }
        if (!isWholeAndFinal(status)) {
            StatusParts parts = LeftStatus.parts(path, status, marker);
            execution.finishLeft(path, files, parts, known);
            LOG.log(Level.INFO, "finished " + path.relative() + ", which had been left");
        }
        execution.afterStatus(path, files.status(), marker);
        return true;
    }

    private static boolean isWholeAndFinal(byte[] status) {
        try {
            if (!StatusText.isFinal(status)) {
                return false;
            }
            StatusParts.parse(status);
            return true;
        } catch (JsonFault e) {
            return false;
        }
    }
}
