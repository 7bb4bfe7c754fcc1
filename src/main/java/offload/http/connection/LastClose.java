package offload.http.connection;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Ends a connection whose client may still be sending, so that the last answer reaches him. Stateless. */
public final class LastClose {
    private static final int PIECE = 8 * 1024;

    private LastClose() {}

    /**
     * Ends our side and throws away what the client sends, until he ends his side too, or the sweep closes the connection
     * (RFC 9112 section 9.6). Waits.
     */
    public static void linger(Connection connection) throws IOException {
        connection.linger();
        connection.channel().shutdownOutput();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (connection.channel().read(piece) >= 0) {
            piece.clear();
        }
    }
}
