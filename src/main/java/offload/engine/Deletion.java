package offload.engine;

import java.io.IOException;
import java.nio.file.Files;
import offload.disk.StorageErrors;
import offload.files.DataFolder;
import offload.files.StatusFile;
import offload.files.TurnFiles;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;
import offload.webhook.WebhookOutbox;

/** Removes a turn's files, stopping it first if need be. Any thread. */
public final class Deletion {
    private final DataFolder data;
    private final Stops stops;
    private final WebhookOutbox webhooks;

    Deletion(DataFolder data, Stops stops, WebhookOutbox webhooks) {
        this.data = data;
        this.stops = stops;
        this.webhooks = webhooks;
    }

    /** Removes the turn at {@code path}; false where there is none. */
    public boolean delete(TurnPath path) throws IOException, InterruptedException {
        // Before its end makes the webhook due: it would be sent at once, with what is to be gone.
        webhooks.discard(path.marker());
        if (stops.stop(path) == Stops.Outcome.UNKNOWN) {
            return false;
        }
        TurnFiles files = data.files(path);
        // Where nobody has it, its status is damaged, or came from a backup: nobody will stop it.
        if (!StatusFile.isFinalOrGone(files.status()) && TurnOwners.has(data, path)) {
            throw new ApiException(
                            ApiError.STORAGE_UNAVAILABLE, "The conversation is not stopped yet: try again in a moment.")
                    .with("Retry-After", "5");
        }
        // It may have come to its end by itself in that moment.
        webhooks.discard(path.marker());
        boolean isKept = keepName(path);
        Files.deleteIfExists(files.events());
        Files.deleteIfExists(files.raw());
        Files.deleteIfExists(files.stop());
        Files.deleteIfExists(files.webhook());
        // As long as the status is there nobody else can have the name, and from here on nobody will.
        if (!isKept) {
            data.deletedNames().add(path);
        }
        // The status goes last: a crash before it leaves something that can be deleted again.
        Files.deleteIfExists(files.status());
        // Once more: who recorded a try meanwhile, or asked for a stop, saw the status still there.
        Files.deleteIfExists(files.webhook());
        Files.deleteIfExists(files.stop());
        return true;
    }

    /**
     * Before a file is removed: where this fails, the turn's files stay as they are. False on a full device, where the turn's
     * log makes the room.
     */
    private boolean keepName(TurnPath path) throws IOException {
        try {
            data.deletedNames().add(path);
            return true;
        } catch (IOException e) {
            if (!StorageErrors.isOutOfSpace(e)) {
                throw e;
            }
            return false;
        }
    }
}
