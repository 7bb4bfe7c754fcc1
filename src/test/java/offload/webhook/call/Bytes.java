package offload.webhook.call;

import java.io.IOException;
import java.io.OutputStream;

/** A body that is in memory. */
record Bytes(byte[] bytes) implements WebhookCall.Body {
    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
