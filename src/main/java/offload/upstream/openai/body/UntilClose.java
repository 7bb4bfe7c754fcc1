package offload.upstream.openai.body;

import java.io.IOException;

/** A body that ends with its connection. */
final class UntilClose implements Framing {
    @Override
    public boolean feed(byte[] buffer, int from, int to, BodyTaker body) throws IOException {
        return from == to || body.take(buffer, from, to);
    }

    @Override
    public boolean endsWithConnection() {
        return true;
    }
}
