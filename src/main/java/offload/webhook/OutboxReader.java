package offload.webhook;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import offload.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The outboxes of all nodes as a command line sees them from outside: it reads entries and leaves requests, and changes no
 * entry, because each has one writer, its node. Any thread may call it.
 */
public final class OutboxReader {
    private final List<Path> folders;

    /** A reader of these {@code webhooks} folders; those that do not exist are empty. */
    public OutboxReader(Collection<Path> webhookFolders) {
        folders = List.copyOf(webhookFolders);
    }

    /**
     * One webhook.
     *
     * @param turn the turn's marker
     * @param id its {@code webhook-id}
     * @param state {@code dormant}, {@code pending} or {@code dead}
     * @param url without user info and query
     * @param tries how many there were
     * @param dueAt when the next try is due, if one is
     */
    public record Item(
            String turn,
            String id,
            String state,
            String url,
            int tries,
            @Nullable Instant dueAt) {}

    private record Found(Path folder, WebhookEntry entry, WebhookRecord.State state) {

        Item item() {
            WebhookEntry.Due due = state == WebhookRecord.State.PENDING ? entry.due() : null;
            String url = WebhookRecord.shown(entry.url());
            int tries = entry.tries().size();
            return new Item(entry.turn(), entry.id(), state.word(), url, tries, due == null ? null : due.at());
        }

        boolean isCalled(String turnOrId) {
            return entry.turn().equals(turnOrId) || entry.id().equals(turnOrId);
        }
    }

    /** All webhooks that are not delivered, by turn. */
    public List<Item> list() throws IOException {
        return all().stream().map(Found::item).toList();
    }

    /** One of them with all its tries, by its turn's marker or its {@code webhook-id}; empty if there is none. */
    public Optional<JsonObject> show(String turnOrId) throws IOException {
        return find(turnOrId)
                .map(found -> Json.createObjectBuilder(WebhookRecord.of(found.entry, found.state))
                        .add("turn", found.entry.turn())
                        .build());
    }

    /**
     * Asks the node of a webhook to try it now, with a fresh schedule, also when it was given up. A running node sees that
     * within a second; one that is not running, when it is started or taken over.
     *
     * @return whether there is such a webhook and its turn is final
     */
    public boolean retry(String turnOrId) throws IOException {
        Optional<Found> found = find(turnOrId).filter(one -> one.state != WebhookRecord.State.DORMANT);
        if (found.isPresent()) {
            Path request = found.get().folder.resolve(found.get().entry.turn() + WebhookOutbox.RETRY);
            try {
                Files.createFile(request);
            } catch (FileAlreadyExistsException e) {
                // Asked for already, and not yet seen.
                return true;
            }
        }
        return found.isPresent();
    }

    private Optional<Found> find(String turnOrId) throws IOException {
        return all().stream().filter(found -> found.isCalled(turnOrId)).findFirst();
    }

    private List<Found> all() throws IOException {
        List<Found> all = new ArrayList<>();
        for (Path folder : folders) {
            addAll(all, folder, folder, WebhookOutbox.DUE, WebhookRecord.State.PENDING);
            addAll(all, folder, folder, WebhookOutbox.DORMANT, WebhookRecord.State.DORMANT);
            addAll(all, folder, folder.resolve(WebhookOutbox.DEAD_FOLDER), WebhookOutbox.DUE, WebhookRecord.State.DEAD);
        }
        return all;
    }

    private static void addAll(List<Found> all, Path folder, Path in, String ending, WebhookRecord.State state)
            throws IOException {
        for (Path file : EntryFiles.list(in, ending)) {
            WebhookEntry entry = EntryFiles.readOrTell(file);
            if (entry != null) {
                all.add(new Found(folder, entry, state));
            }
        }
    }
}
