package offload.webhook.call;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import offload.address.AddressGuard;
import offload.address.BadWebhookUrl;
import offload.address.NoAddress;
import offload.address.WebhookUrl;

/**
 * Makes the request of a webhook and sends it within its time: reads the status, wraps and signs it, parses and resolves
 * the URL anew, and calls one of the addresses found. Blocks the calling virtual thread; any number of them may call it.
 */
public final class WebhookPost {
    private final WebhookSettings settings;
    private final AddressGuard guard;
    private final WebhookCall call;
    private final Deadlines deadlines = new Deadlines();

    /** Calls with the limits of the product, only where {@code guard} lets them. */
    public WebhookPost(WebhookSettings settings, AddressGuard guard) {
        this(settings, guard, WebhookCall.standard());
    }

    WebhookPost(WebhookSettings settings, AddressGuard guard, WebhookCall call) {
        this.settings = settings;
        this.guard = guard;
        this.call = call;
    }

    /**
     * What is to be sent.
     *
     * @param id the {@code webhook-id}
     * @param url as the caller gave it
     * @param status the file of the final status
     * @param before how many tries there were: the next takes another address of the same name, where there are several
     */
    public record Message(String id, String url, Path status, int before) {}

    /**
     * Sends {@code message} once, as of {@code now}; refusals and failures are answers too.
     *
     * @throws NoSuchFileException if the status is gone
     * @throws InterruptedException if somebody else than the deadline interrupted the thread
     */
    public WebhookAnswer send(Message message, Instant now) throws NoSuchFileException, InterruptedException {
        try (WebhookBody body = WebhookBody.of(message.status(), settings.format())) {
            return withinTime(message, headers(message.id(), now, body), body);
        } catch (FileNotFoundException e) {
            if (Files.notExists(message.status())) {
                throw new NoSuchFileException(message.status().toString());
            }
            return WebhookAnswer.none("the status could not be read: " + e.getMessage());
        } catch (IOException e) {
            return WebhookAnswer.none("the status could not be read: " + e.getMessage());
        }
    }

    /** Ends the calls whose time is over; to be called now and then, never waits. */
    public void interruptLate() {
        deadlines.interruptLate();
    }

    private WebhookAnswer withinTime(Message message, Map<String, String> headers, WebhookBody body)
            throws InterruptedException {
        try (Deadlines.Deadline deadline = deadlines.start(call.total())) {
            try {
                WebhookUrl url = WebhookUrl.parse(message.url(), guard);
                return call.post(url, chosen(url, message.before()), headers, body);
            } catch (BadWebhookUrl e) {
                return WebhookAnswer.none(String.valueOf(e.getMessage()));
            } catch (CallFailed | NoAddress e) {
                if (deadline.passed()) {
                    return WebhookAnswer.none("no answer within " + call.total().toMillis() / 1000.0 + " s");
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("the server ends");
                }
                return WebhookAnswer.none(String.valueOf(e.getMessage()));
            }
        }
    }

    private InetAddress chosen(WebhookUrl url, int before) throws NoAddress {
        List<InetAddress> addresses = guard.resolve(url);
        return addresses.get(before % addresses.size());
    }

    private Map<String, String> headers(String id, Instant now, WebhookBody body) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", WebhookBody.contentType(settings.format()));
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        if (settings.signature().signs()) {
            headers.put("webhook-signature", settings.signature().sign(id, now.getEpochSecond(), body));
        }
        return headers;
    }
}
