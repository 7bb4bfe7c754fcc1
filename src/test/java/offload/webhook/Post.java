package offload.webhook;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import offload.address.AddressGuard;
import offload.address.BadWebhookUrl;
import offload.address.Cidr;
import offload.address.WebhookUrl;
import offload.sweep.Sweeper;
import offload.testing.SetClock;
import offload.testing.Until;
import offload.webhook.call.Posts;
import offload.webhook.call.WebhookPost;
import offload.webhook.call.WebhookSettings;
import offload.webhook.call.WebhookSignature;
import org.jspecify.annotations.Nullable;

/** A node's webhooks in a folder of their own, as the server wires them, but with a clock that stands still. */
final class Post implements AutoCloseable {
    static final String STATUS = "{\"status\":\"done\",\"text\":\"1 + 1 = 2 & ü\"}";

    private static final Instant BEGUN = Instant.parse("2026-11-23T10:00:00Z");

    final SetClock clock = new SetClock(BEGUN.toString());
    /** What passes without the clock being set. */
    final AtomicLong nanos = new AtomicLong();

    final Path data;
    final Path folder;
    final WebhookOutbox outbox;
    final AddressGuard guard;
    private final Sweeper sweeper = new Sweeper();
    private WebhookSettings settings;
    private @Nullable Duration limit;
    private boolean nothingIsSet;
    private @Nullable WebhookSender sender;

    Post(Path data) throws IOException {
        this(data, new AddressGuard(Cidr.list("127.0.0.0/8")));
    }

    Post(Path data, AddressGuard guard) throws IOException {
        this.data = Files.createDirectories(data);
        this.guard = guard;
        folder = data.resolve("webhooks");
        outbox = new WebhookOutbox(folder, clock);
        settings = new WebhookSettings(WebhookSignature.of(""), List.of(), WebhookSettings.Format.FORM);
    }

    Post with(String secrets, WebhookSettings.Format format) {
        settings = new WebhookSettings(WebhookSignature.of(secrets), List.of(), format);
        return this;
    }

    /** Lets calls take so long that no test sees their end, or so little that one need not wait for it. */
    Post within(Duration total) {
        limit = total;
        return this;
    }

    /** What passes by the clock has passed: it is not set. */
    Post passing() {
        nothingIsSet = true;
        return this;
    }

    /** Starts a sender, as a server's start does. */
    WebhookSender start() throws IOException {
        WebhookPost post = limit == null ? new WebhookPost(settings, guard) : Posts.within(limit, settings, guard);
        WebhookSender started = new WebhookSender(outbox, post, new SteadyClock(clock, this::nanos));
        started.start(sweeper);
        sender = started;
        return started;
    }

    private long nanos() {
        return nanos.get()
                + (nothingIsSet ? Duration.between(BEGUN, clock.instant()).toNanos() : 0);
    }

    /** A turn that is submitted and becomes final at once. */
    String turn(String name, String url) throws IOException, BadWebhookUrl {
        String marker = prepare(name, url);
        release(name);
        return marker;
    }

    String prepare(String name, String url) throws IOException, BadWebhookUrl {
        Path record = data.resolve(name + ".webhook.json");
        outbox.prepare(name, WebhookUrl.parse(url, guard), record);
        return name;
    }

    void release(String name) throws IOException {
        Files.writeString(data.resolve(name + ".json"), STATUS);
        outbox.release(name, data.resolve(name + ".json"));
    }

    /** The record of tries; null if there is none. */
    @Nullable
    JsonObject record(String name) throws IOException {
        try (JsonReader reader =
                Json.createReader(new StringReader(Files.readString(data.resolve(name + ".webhook.json"))))) {
            return reader.readObject();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Waits until the record says {@code state} after this many tries. */
    JsonObject until(String name, String state, int tries) {
        return Until.present(name + " " + state + " after " + tries, () -> {
            JsonObject record = record(name);
            boolean there = record != null
                    && record.getString("state").equals(state)
                    && record.getJsonArray("attempts").size() == tries
                    && isSettled(name, state);
            return there ? record : null;
        });
    }

    /** The outbox follows the record: a test that goes on before that would race the sender. */
    private boolean isSettled(String name, String state) throws IOException {
        WebhookEntry entry = outbox.find(name);
        JsonArray attempts = Objects.requireNonNull(record(name)).getJsonArray("attempts");
        return state.equals("pending") ? entry != null && entry.tries().size() == attempts.size() : entry == null;
    }

    @Override
    public void close() {
        if (sender != null) {
            sender.close();
        }
        sweeper.close();
    }
}
