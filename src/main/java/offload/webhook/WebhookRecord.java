package offload.webhook;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import offload.address.BadWebhookUrl;
import offload.address.WebhookUrl;
import offload.json.Json;

/**
 * The record of tries, {@code NAME.webhook.json} beside the turn's other files: the URL without user info and query, the
 * {@code webhook-id}, the state, and each try with its time, the receiver's status or the error, its duration in seconds
 * and the time of the next. It is derived from the entry in the outbox and replaced by rename.
 */
final class WebhookRecord {

    private WebhookRecord() {}

    /** Where a webhook stands. */
    enum State {
        /** The turn still runs. */
        DORMANT,
        /** Due, or waiting for the next try. */
        PENDING,
        /** The receiver took it. */
        DELIVERED,
        /** The receiver answered 410: it wants no more. */
        STOPPED,
        /** Given up after the last try. */
        DEAD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static JsonObject of(WebhookEntry entry, State state) {
        return Json.createObjectBuilder()
                .add("url", shown(entry.url()))
                .add("webhook_id", entry.id())
                .add("state", state.word())
                .add("attempts", entry.triesAsJson())
                .build();
    }

    /**
     * Writes the record, unless the turn was removed: its status is looked for before and after, so that no record
     * stays behind where a removal runs at the same time. The draft lies in the node's own folder: nothing is written
     * any more once another node has claimed that, and a crash leaves nothing beside the turn's files.
     */
    static void write(Path file, Path draft, Path status, WebhookEntry entry, State state) throws IOException {
        if (Files.notExists(status)) {
            return;
        }
        try {
            EntryFiles.replace(file, draft, of(entry, state), false);
        } catch (NoSuchFileException e) {
            // The folder went between the two steps.
            return;
        }
        if (Files.notExists(status)) {
            Files.deleteIfExists(file);
        }
    }

    static String shown(String url) {
        try {
            return WebhookUrl.read(url).shown();
        } catch (BadWebhookUrl e) {
            return "a URL that is not taken any more";
        }
    }
}
