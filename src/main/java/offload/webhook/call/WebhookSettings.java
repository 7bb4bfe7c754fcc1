package offload.webhook.call;

import java.util.List;
import offload.address.Cidr;

/**
 * What the operator says about webhooks.
 *
 * @param signature with the secrets to sign with, or none
 * @param allow blocks of addresses that may be called although they are not public
 * @param format what the body looks like
 */
public record WebhookSettings(WebhookSignature signature, List<Cidr> allow, Format format) {

    /** The shape of the body. */
    public enum Format {
        /** One field {@code response}, {@code application/x-www-form-urlencoded}. */
        FORM,
        /** A JSON object with one member {@code response}. */
        JSON
    }
}
