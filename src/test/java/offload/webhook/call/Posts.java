package offload.webhook.call;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.time.Duration;
import offload.address.AddressGuard;

/** What tests of the room around need to know of a call. */
public final class Posts {

    private Posts() {}

    /** Calls as the product makes them, with another limit. */
    public static WebhookPost within(Duration total, WebhookSettings settings, AddressGuard guard) {
        return new WebhookPost(
                settings,
                guard,
                new WebhookCall(total, total, () -> Tls.builder().build()));
    }

    /** What a receiver must find in {@code webhook-signature}. */
    public static String signature(String secrets, String id, long epochSeconds, byte[] body) throws IOException {
        return WebhookSignature.of(secrets).sign(id, epochSeconds, new Bytes(body));
    }
}
