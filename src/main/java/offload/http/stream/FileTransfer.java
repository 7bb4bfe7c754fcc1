package offload.http.stream;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import offload.eventlog.EventTail;
import offload.http.connection.Connection;

/**
 * Sends a part of a finished log from the page cache to the socket. A transfer to a blocking socket that is full would hold
 * the carrier of the virtual thread, and as many dead readers as there are cores would hold the server: so what the socket
 * takes at once goes in non-blocking mode, and then one piece by hand, in blocking mode, which parks the thread until the
 * reader has taken it. Stateless.
 */
final class FileTransfer {
    /** The most that is read of a log to be sent by hand; what is longer goes from the page cache. */
    static final int PIECE = 16 * 1024;

    private FileTransfer() {}

    /** Sends {@code length} bytes from {@code first} on; the channel is in blocking mode before and after. */
    static void send(EventTail tail, long first, long length, Connection connection) throws IOException {
        long end = first + length;
        long at = first;
        while (at < end) {
            connection.write();
            long fitted = whatFits(tail, at, end - at, connection.channel());
            connection.passed(fitted);
            at += fitted;
            if (at < end) {
                at += byHand(tail, at, end - at, connection);
            }
        }
    }

    private static long whatFits(EventTail tail, long at, long most, SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try {
            return tail.transfer(at, most, channel);
        } finally {
            channel.configureBlocking(true);
        }
    }

    private static int byHand(EventTail tail, long at, long most, Connection connection) throws IOException {
        byte[] piece = new byte[(int) Math.min(most, PIECE)];
        int count = tail.read(at, piece, piece.length);
        requireMore(count);
        ByteBuffer bytes = ByteBuffer.wrap(piece, 0, count);
        while (bytes.hasRemaining()) {
            connection.write();
            connection.passed(connection.channel().write(bytes));
        }
        return count;
    }

    /** Fails where nothing was read of what was there before. */
    static void requireMore(int count) {
        if (count <= 0) {
            throw new CloseConnectionException("the event log got shorter");
        }
    }
}
