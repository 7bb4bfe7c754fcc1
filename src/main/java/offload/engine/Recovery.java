package offload.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.files.DataFolder;
import offload.files.Folders;
import offload.files.NodeFolder;
import offload.files.OtherNodes;
import offload.files.StatusFile;
import offload.files.TurnFiles;
import offload.turn.StatusText;
import offload.turn.TurnPath;
import offload.webhook.WebhookOutbox;

/**
 * Finishes what dead nodes left running, and what this one could not finish, for lack of room for example. It looks at
 * markers only: what it costs grows with the turns that were active, not with the data folder. For one thread.
 */
final class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getName());

    private final DataFolder data;
    private final NodeFolder node;
    private final RunningTurns turns;
    private final WebhookOutbox webhooks;
    private final LastWrites lastWrites;
    private final OtherNodes others;

    Recovery(DataFolder data, NodeFolder node, RunningTurns turns, WebhookOutbox webhooks, LastWrites lastWrites) {
        this.data = data;
        this.node = node;
        this.turns = turns;
        this.webhooks = webhooks;
        this.lastWrites = lastWrites;
        this.others = new OtherNodes(data, node);
    }

    /** Claims dead nodes and puts in order what is claimed. */
    void round() throws IOException {
        if (!node.isOurs()) {
            return;
        }
        others.claimDead();
        for (Path claimed : Folders.list(node.claims())) {
            settle(claimed);
        }
        finishOwn();
    }

    private void settle(Path claimed) throws IOException {
        // A node that died while it settled the claims of another: they are ours now as well.
        for (Path inner : Folders.list(claimed.resolve("claims"))) {
            settle(inner);
        }
        boolean all = true;
        // A webhook that waits for its turn's end without a marker: the turn ended, or never began, as the files tell.
        for (String waiting : webhooks.adopt(claimed.resolve("webhooks"))) {
            all &= finish(claimed.resolve("active").resolve(waiting));
        }
        for (Path marker : Folders.list(claimed.resolve("active"))) {
            all &= finish(marker);
        }
        if (all) {
            Folders.remove(claimed);
        }
    }

    private void finishOwn() {
        for (TurnPath path : turns.unfinished()) {
            if (finish(node.marker(path.marker()))) {
                turns.unfinished().remove(path);
            }
        }
    }

    /** Makes the turn of {@code marker} final; false where that must be tried again. */
    private boolean finish(Path marker) {
        TurnPath path =
                TurnPath.parseMarker(String.valueOf(marker.getFileName())).orElse(null);
        try {
            if (path == null) {
                Files.deleteIfExists(marker);
                return true;
            }
            TurnFiles files = data.files(path);
            byte[] status = StatusFile.read(files.status());
            if (status == null) {
                // Never answered, or deleted: nobody knows of it.
                webhooks.discard(path.marker());
                Files.deleteIfExists(files.events());
                Files.deleteIfExists(marker);
                return true;
            }
            if (!StatusText.isFinal(status)) {
                new LeftTurn(files, node, lastWrites).finish(status);
                LOG.log(Level.INFO, "finished " + path.relative() + ", which a dead server had left");
            }
            lastWrites.afterStatus(path, files.status(), marker);
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "finishing the turn of " + marker.getFileName() + " failed, for now: " + e);
            return false;
        }
    }
}
