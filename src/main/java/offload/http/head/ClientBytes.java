package offload.http.head;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Supplier;
import offload.http.connection.Connection;
import offload.http.connection.LastClose;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, as it comes from the socket. Whoever reads it keeps the last piece, and with it the keys and tokens of
 * a head, for as long as the connection is open: so the pieces are remembered here until they are wiped. They come past the
 * web server's own buffer and reader, which would each keep a copy that nobody could wipe. For the connection's thread.
 */
final class ClientBytes implements Supplier<byte @Nullable []> {
    /** Most heads fit, and a connection that idles holds no more. */
    private static final int FIRST = 2 * 1024;

    private static final int FURTHER = 8 * 1024;

    private final ConnectionContext context;
    private final Connection connection;
    /** Those of the head, and the last of the body, which may hold the beginning of a further request. */
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>(2);

    private int remembered;
    private boolean lastIsBody;

    /** Nothing is read yet; {@code connection} knows whether it is a head that is read. */
    ClientBytes(ConnectionContext context, Connection connection) {
        this.context = context;
        this.connection = connection;
    }

    /** Waits for the next piece; null at the end. */
    @Override
    public byte @Nullable [] get() {
        byte[] piece = next();
        if (piece != null) {
            remember(piece);
        }
        return piece;
    }

    private byte @Nullable [] next() {
        DataReader before = context.dataReader();
        int there = before.available();
        try {
            if (connection.isRefused()) {
                // He has his answer, and nothing of him is wanted.
                LastClose.linger(connection);
                return null;
            }
            return there > 0 ? before.readBytes(there) : read();
        } catch (IOException e) {
            throw new ServerConnectionException("the client has left", e);
        }
    }

    private byte @Nullable [] read() throws IOException {
        ByteBuffer room = ByteBuffer.allocate(connection.awaitsLine() ? FIRST : FURTHER);
        int count = connection.channel().read(room);
        if (count < 0) {
            return null;
        }
        return count == room.capacity() ? room.array() : Arrays.copyOf(room.array(), count);
    }

    private void remember(byte[] piece) {
        if (lastIsBody) {
            remembered -= pieces.removeLast().length;
        }
        lastIsBody = !connection.awaitsLine() && connection.isServed();
        remembered += piece.length;
        pieces.add(piece);
    }

    /** Overwrites what was handed on, but for the last {@code unread} bytes, which nobody has taken yet. */
    void wipe(int unread) {
        while (remembered > unread) {
            byte[] first = pieces.element();
            int taken = Math.min(first.length, remembered - unread);
            Arrays.fill(first, 0, taken, (byte) 0);
            if (taken < first.length) {
                break;
            }
            remembered -= pieces.remove().length;
        }
        lastIsBody = false;
    }
}
