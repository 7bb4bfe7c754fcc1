package offload.webhook.call;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webclient.api.ClientConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection for one request on which the final answer is the first that can be read. Any number of interim ones may
 * come before it (RFC 9110, section 15.2), and the client takes the first that comes for the answer. What is longer than any
 * answer that is read ends as if the receiver had closed. For one thread.
 */
final class FinalAnswerConnection implements ClientConnection {
    private static final byte[] INTERIM = "HTTP/1.1 1".getBytes(StandardCharsets.US_ASCII);
    /** Final: what follows it is no HTTP any more. */
    private static final byte[] SWITCHING = "HTTP/1.1 101".getBytes(StandardCharsets.US_ASCII);
    /** As in {@code HTTP/1.1 200}. Receivers leave out the blank after it, where no words follow, and the client wants it. */
    private static final int WORDLESS = 12;

    /** Of all interim answers together; early hints are links, and there may be many of them. */
    private static final int MOST_INTERIM = 64 * 1024;

    /**
     * Of the final one, with its head and its framing. The client holds a chunk as a whole, and a receiver may say of one that
     * it has gigabytes.
     */
    private static final int MOST_FINAL = 2 * WebhookCall.MOST_ANSWER;

    private final ClientConnection connection;
    private final DataReader reader = DataReader.create(this::next);
    private boolean begun;
    private int left = MOST_FINAL;

    /** {@code connection} is connected and new. */
    FinalAnswerConnection(ClientConnection connection) {
        this.connection = connection;
    }

    private byte @Nullable [] next() {
        if (left <= 0) {
            return null;
        }
        DataReader all = connection.reader();
        try {
            if (!begun) {
                begun = true;
                skipInterim(all);
                if (all.findNewLine(WORDLESS + 1) == WORDLESS) {
                    return (all.readAsciiString(WORDLESS) + " ").getBytes(StandardCharsets.US_ASCII);
                }
            }
            byte[] bytes = all.readBuffer().readBytes();
            left -= bytes.length;
            return bytes;
        } catch (DataReader.InsufficientDataAvailableException e) {
            return null;
        }
    }

    private static void skipInterim(DataReader all) {
        int left = MOST_INTERIM;
        while (all.startsWith(INTERIM) && !all.startsWith(SWITCHING)) {
            int length;
            do {
                length = all.findNewLine(left);
                if (length >= left) {
                    throw new IllegalStateException("the interim answers do not end");
                }
                all.skip(length + 2);
                left -= length + 2;
            } while (length > 0);
        }
    }

    @Override
    public DataReader reader() {
        return reader;
    }

    @Override
    public DataWriter writer() {
        return connection.writer();
    }

    @Override
    public String channelId() {
        return connection.channelId();
    }

    @Override
    public HelidonSocket helidonSocket() {
        return connection.helidonSocket();
    }

    @Override
    public void readTimeout(Duration readTimeout) {
        connection.readTimeout(readTimeout);
    }

    @Override
    public void closeResource() {
        connection.closeResource();
    }
}
