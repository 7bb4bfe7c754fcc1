package offload.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import offload.webhook.WebhookSettings.Format;

/** Wraps a final status, byte for byte, into the body of a webhook. */
final class WebhookBody {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private WebhookBody() {}

    static String contentType(Format format) {
        return format == Format.JSON ? "application/json" : "application/x-www-form-urlencoded";
    }

    /** The body for {@code status}, which is JSON in UTF-8. */
    static byte[] of(byte[] status, Format format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(status.length + status.length / 2 + 16);
        if (format == Format.JSON) {
            out.writeBytes(ascii("{\"response\": "));
            out.writeBytes(status);
            out.writeBytes(ascii("}"));
            return out.toByteArray();
        }
        out.writeBytes(ascii("response="));
        for (byte b : status) {
            append(out, b);
        }
        return out.toByteArray();
    }

    /** The percent-encode set of the WHATWG URL standard for application/x-www-form-urlencoded. */
    private static void append(ByteArrayOutputStream out, byte b) {
        boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
        if (plain || b == '*' || b == '-' || b == '.' || b == '_') {
            out.write(b);
        } else if (b == ' ') {
            out.write('+');
        } else {
            out.write('%');
            out.write(HEX[b >> 4 & 15]);
            out.write(HEX[b & 15]);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
