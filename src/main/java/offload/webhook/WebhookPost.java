package offload.webhook;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the request of a webhook and sends it within its time: reads the status, wraps and signs it, parses and resolves
 * the URL anew, and calls one of the addresses found. Blocks the calling virtual thread.
 */
final class WebhookPost {
    private final WebhookSettings settings;
    private final AddressGuard guard;
    private final WebhookCall call;
    private final Deadlines deadlines;

    WebhookPost(WebhookSettings settings, AddressGuard guard, WebhookCall call, Deadlines deadlines) {
        this.settings = settings;
        this.guard = guard;
        this.call = call;
        this.deadlines = deadlines;
    }

    /**
     * Sends the status in {@code statusFile} once; refusals and failures are answers too.
     *
     * @throws NoSuchFileException if the status is gone
     * @throws InterruptedException if somebody else than the deadline interrupted the thread
     */
    WebhookAnswer send(WebhookEntry entry, Path statusFile, Instant now)
            throws NoSuchFileException, InterruptedException {
        try (WebhookBody body = WebhookBody.of(statusFile, settings.format())) {
            return withinTime(entry, headers(entry.id(), now, body), body);
        } catch (FileNotFoundException e) {
            if (!statusFile.toFile().exists()) {
                throw new NoSuchFileException(statusFile.toString());
            }
            return WebhookAnswer.none("the status could not be read: " + e.getMessage());
        } catch (IOException e) {
            return WebhookAnswer.none("the status could not be read: " + e.getMessage());
        }
    }

    private WebhookAnswer withinTime(WebhookEntry entry, Map<String, String> headers, WebhookBody body)
            throws InterruptedException {
        try (Deadlines.Deadline deadline = deadlines.start(call.total())) {
            try {
                WebhookUrl url = WebhookUrl.parse(entry.url(), guard);
                return call.post(url, chosen(url, entry), headers, body);
            } catch (BadWebhookUrl e) {
                return WebhookAnswer.none(String.valueOf(e.getMessage()));
            } catch (CallFailed e) {
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

    /** Another address of the same name for each try, where there are several. */
    private InetAddress chosen(WebhookUrl url, WebhookEntry entry) throws CallFailed {
        List<InetAddress> addresses = guard.resolve(url.endpoint().host());
        return addresses.get(entry.tries().size() % addresses.size());
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
