package offload.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import offload.address.WebhookUrl;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of one node that are still to be delivered, each a file in the node's {@code webhooks} folder, so that no
 * crash loses one:
 *
 * <pre>
 * MARKER.prepared   written when the turn was submitted; dormant while it runs
 * MARKER.json       due: the turn is final
 * MARKER.retry      somebody asks to try now, see {@link OutboxReader}; removed when it is done
 * dead/MARKER.json  given up after the last try; stays until it is asked for again or the turn is removed
 * </pre>
 *
 * <p>An entry names the status file and does not hold it: who deletes a conversation wants it gone, so a webhook that was
 * not delivered by then is dropped with it. This process is the only one that writes here, except for {@code .retry}
 * files. Any thread may call it; calls about one turn must not overlap, which the life of a turn sees to.
 */
public final class WebhookOutbox {
    static final String DORMANT = ".prepared";
    static final String DUE = ".json";
    static final String RETRY = ".retry";
    static final String DEAD_FOLDER = "dead";
    private static final Pattern MARKER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,219}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final InstantSource clock;
    private volatile Consumer<WebhookEntry> listener = entry -> {};

    /** The outbox in {@code folder}, which is made if need be. */
    public WebhookOutbox(Path folder, InstantSource clock) throws IOException {
        this.folder = folder.toAbsolutePath().normalize();
        this.clock = clock;
        Files.createDirectories(this.folder.resolve(DEAD_FOLDER));
    }

    /** Sets who is told of each entry that becomes due, on the thread that makes it so. */
    void onDue(Consumer<WebhookEntry> listener) {
        this.listener = listener;
    }

    /**
     * Keeps a webhook for the turn {@code turnMarker}, dormant until {@link #release}. It survives a power cut after this
     * call.
     *
     * @param record where each try will be recorded, beside the turn's other files
     */
    public void prepare(String turnMarker, WebhookUrl url, Path record) throws IOException {
        byte[] random = new byte[18];
        RANDOM.nextBytes(random);
        String id = "msg_" + Base64.getUrlEncoder().encodeToString(random);
        WebhookEntry.Files files = new WebhookEntry.Files(relative(record), null);
        EntryFiles.write(
                file(turnMarker, DORMANT), new WebhookEntry(turnMarker, id, url.text(), files, null, List.of()));
    }

    /**
     * The turn is final and {@code status} stands: its webhook is due now, and survives a power cut after this call. May
     * be called again after a crash at any point; does nothing if the turn has no webhook, or none any more.
     *
     * @return whether there is a webhook to send
     */
    public boolean release(String turnMarker, Path status) throws IOException {
        Path dormant = file(turnMarker, DORMANT);
        Path due = file(turnMarker, DUE);
        WebhookEntry entry = EntryFiles.read(due);
        if (entry == null) {
            WebhookEntry prepared = EntryFiles.read(dormant);
            if (prepared == null) {
                return false;
            }
            entry = prepared.dueNow(relative(status), clock.instant());
            EntryFiles.write(due, entry);
        }
        Files.deleteIfExists(dormant);
        listener.accept(entry);
        return true;
    }

    /** Forgets the turn's webhook, whatever its state: the submission failed, or the conversation is deleted. */
    public void discard(String turnMarker) throws IOException {
        Files.deleteIfExists(file(turnMarker, DORMANT));
        Files.deleteIfExists(file(turnMarker, DUE));
        Files.deleteIfExists(file(turnMarker, RETRY));
        Files.deleteIfExists(dead(turnMarker));
    }

    /**
     * Takes over what a dead node left in its own {@code webhooks} folder, by renames, so that a crash in the middle
     * leaves each entry in exactly one place and a second call does the rest. Due ones are sent from now on.
     *
     * @return markers of the dormant ones: the caller must {@link #release} or {@link #discard} each
     */
    public List<String> adopt(Path otherNodesWebhooks) throws IOException {
        OutboxAdoption adoption = OutboxAdoption.of(otherNodesWebhooks, folder);
        for (String turn : adoption.due()) {
            WebhookEntry entry = EntryFiles.readOrTell(file(turn, DUE));
            if (entry != null) {
                listener.accept(entry);
            }
        }
        return adoption.dormant();
    }

    /** Markers of the turns whose webhooks wait for their end. */
    List<String> dormant() throws IOException {
        return EntryFiles.list(folder, DORMANT).stream()
                .map(file -> markerOf(file, DORMANT))
                .toList();
    }

    /** How many webhooks are due or wait for another try. */
    public int pending() throws IOException {
        return EntryFiles.list(folder, DUE).size();
    }

    List<WebhookEntry> due() throws IOException {
        List<WebhookEntry> entries = new ArrayList<>();
        for (Path file : EntryFiles.list(folder, DUE)) {
            WebhookEntry entry = EntryFiles.readOrTell(file);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** The due entry as its file says now; null if it is gone: delivered, discarded, or taken over by another node. */
    @Nullable
    WebhookEntry find(String turn) throws IOException {
        return EntryFiles.read(file(turn, DUE));
    }

    void save(WebhookEntry entry) throws IOException {
        EntryFiles.write(file(entry.turn(), DUE), entry);
    }

    void bury(WebhookEntry entry) throws IOException {
        EntryFiles.write(dead(entry.turn()), entry);
        Files.deleteIfExists(file(entry.turn(), DORMANT));
        Files.deleteIfExists(file(entry.turn(), DUE));
    }

    /** Markers that somebody asked to try now. */
    List<String> retryRequests() throws IOException {
        return EntryFiles.list(folder, RETRY).stream()
                .map(file -> markerOf(file, RETRY))
                .toList();
    }

    /** Makes the entry due now, back from the dead if need be, and takes the request for it away. */
    void retry(String turn) throws IOException {
        WebhookEntry due = EntryFiles.read(file(turn, DUE));
        WebhookEntry entry = due != null ? due : EntryFiles.read(dead(turn));
        if (entry != null) {
            String status = Objects.requireNonNull(entry.files().status(), "what was due has a status");
            WebhookEntry again = entry.dueNow(status, clock.instant());
            save(again);
            Files.deleteIfExists(dead(turn));
            listener.accept(again);
        }
        Files.deleteIfExists(file(turn, RETRY));
    }

    /** Lets go of dead letters whose turns are gone, by retention or through another node: nobody else would. */
    public void forgetRemoved() throws IOException {
        for (Path file : EntryFiles.list(folder.resolve(DEAD_FOLDER), DUE)) {
            WebhookEntry entry = EntryFiles.readOrTell(file);
            String status = entry == null ? null : entry.files().status();
            if (status != null && Files.notExists(resolve(status))) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Where the record of a turn's tries is written before it takes its place. */
    Path recordDraft(String turn) {
        return file(turn, ".record" + EntryFiles.DRAFT);
    }

    /** The file that an entry names. */
    Path resolve(String relative) {
        return folder.resolve(relative).normalize();
    }

    private String relative(Path file) {
        return folder.relativize(file.toAbsolutePath().normalize()).toString();
    }

    private Path file(String turnMarker, String ending) {
        if (!MARKER.matcher(turnMarker).matches()) {
            throw new IllegalArgumentException("no turn's marker: " + turnMarker);
        }
        return folder.resolve(turnMarker + ending);
    }

    private Path dead(String turnMarker) {
        return folder.resolve(DEAD_FOLDER).resolve(file(turnMarker, DUE).getFileName());
    }

    static String markerOf(Path file, String ending) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ending.length());
    }
}
