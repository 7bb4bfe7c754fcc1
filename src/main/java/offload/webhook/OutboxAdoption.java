package offload.webhook;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import offload.disk.Folders;

/**
 * The move of a dead node's webhooks into the folder of a living one. Each file is renamed on its own, so that a crash in
 * between leaves it in exactly one of the two; what is left is moved by the next call. The emptied folders are removed.
 *
 * @param due markers of the entries that are due
 * @param dormant markers of the entries whose turns are still to be ended
 */
record OutboxAdoption(List<String> due, List<String> dormant) {

    static OutboxAdoption of(Path from, Path to) throws IOException {
        Path fromDead = from.resolve(WebhookOutbox.DEAD_FOLDER);
        Path toDead = to.resolve(WebhookOutbox.DEAD_FOLDER);
        moveAll(fromDead, WebhookOutbox.DUE, toDead);
        List<String> due = moveAll(from, WebhookOutbox.DUE, to);
        moveAll(from, WebhookOutbox.RETRY, to);
        List<String> dormant = moveAll(from, WebhookOutbox.DORMANT, to);
        Folders.sync(toDead);
        Folders.sync(to);
        removeEmptied(fromDead);
        removeEmptied(from);
        return new OutboxAdoption(due, dormant);
    }

    private static List<String> moveAll(Path from, String ending, Path to) throws IOException {
        List<String> moved = new ArrayList<>();
        for (Path file : EntryFiles.list(from, ending)) {
            if (isMoved(file, to.resolve(file.getFileName()))) {
                moved.add(WebhookOutbox.markerOf(file, ending));
            }
        }
        return moved;
    }

    private static boolean isMoved(Path file, Path target) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            // Another node is adopting the same folder: what it took is its own.
            return false;
        }
    }

    private static void removeEmptied(Path folder) throws IOException {
        for (Path torn : EntryFiles.list(folder, EntryFiles.DRAFT)) {
            Files.deleteIfExists(torn);
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Something that is not a webhook: it is somebody else's to judge.
            return;
        }
    }
}
