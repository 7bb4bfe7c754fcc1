package offload.http.stream;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import offload.eventlog.EventTail;
import offload.eventlog.LiveTail;
import offload.http.connection.Connection;
import offload.http.connection.Connections;
import offload.http.message.NoLength;
import org.jspecify.annotations.Nullable;

/**
 * Sends event logs. Helidon's response is the path that always works, over TLS as well; where the connection's channel is
 * known, a log that is written in this process goes to it directly. Any thread.
 */
public final class EventStreams {
    private static final byte[] HEARTBEAT = Heartbeats.COMMENT.getBytes(StandardCharsets.US_ASCII);
    /** What goes out with the head of a long file, and what a reader holds who is never behind by more. */
    private static final int FIRST_PIECE = 1024;

    private final Heartbeats heartbeats;
    private final Connections connections;

    /** To clients at the other end of {@code connections}, with {@code heartbeats} while nothing comes. */
    public EventStreams(Heartbeats heartbeats, Connections connections) {
        this.connections = connections;
        this.heartbeats = heartbeats;
    }

    /**
     * Sends what is there from {@code from} on and what follows, until the log has ended: here, or where the {@link
     * BareStream} that is thrown is run.
     */
    public void follow(EventTail tail, long from, ServerRequest request, ServerResponse response) throws IOException {
        Connection connection = connections.of(request.remotePeer().address());
        if (connection != null && !connection.knowsChunks()) {
            NoLength.untilClosed(response);
        }
        byte[] first = Reopening.first(request, from);
        // A body of the request must be read to its end, which is the web server's business.
        if (tail instanceof LiveTail live
                && connection != null
                && !request.content().hasEntity()) {
            begin(response, first, connection.knowsChunks());
            throw new BareStream(new DirectStream(live.log(), from, connection, heartbeats));
        }
        OutputStream out = response.outputStream();
        // The first bytes at once: proxies and clients see the stream open while the model still thinks.
        send(out, first, first.length);
        try (Heartbeats.Beat beat = heartbeats.begin(() -> tail instanceof LiveTail live ? live.available() : 0)) {
            new Loop(tail, out, beat, connection, from).run();
        }
        // Only here: a stream that is broken off must not look as if it had ended.
        close(out);
    }

    /** Head and first bytes in one write: the web server makes two of it where it frames the chunks. */
    private static void begin(ServerResponse response, byte[] first, boolean chunks) {
        byte[] bytes = first;
        if (chunks) {
            NoLength.framedHere(response);
            bytes = DirectStream.chunk(first);
        }
        send(response.outputStream(), bytes, bytes.length);
    }

    /** Whether the log of {@code request}, ended or not, must be sent by {@link #follow}: more than its bytes goes out. */
    public static boolean mustFollow(ServerRequest request) {
        return Reopening.mayHaveHalf(request);
    }

    /** Sends {@code length} bytes from {@code first} on of a log that has ended. */
    public void copy(EventTail tail, long first, long length, ServerRequest request, ServerResponse response)
            throws IOException {
        Connection connection = length > FileTransfer.PIECE
                ? connections.of(request.remotePeer().address())
                : null;
        // With the head go the first bytes, or all; the rest of a longer file goes from the page cache to the socket.
        long byHand = connection == null ? length : FIRST_PIECE;
        byte[] piece = new byte[(int) Math.min(FileTransfer.PIECE, Math.max(1, byHand))];
        OutputStream out = response.outputStream();
        long sent = 0;
        while (sent < byHand) {
            int count = tail.read(first + sent, piece, (int) Math.min(piece.length, byHand - sent));
            FileTransfer.requireMore(count);
            write(out, piece, count);
            sent += count;
        }
        if (connection != null) {
            flush(out);
            transfer(tail, first + sent, length - sent, connection);
        }
        close(out);
    }

    private static void transfer(EventTail tail, long first, long length, Connection connection) {
        try {
            FileTransfer.send(tail, first, length, connection);
        } catch (IOException e) {
            throw new CloseConnectionException("the client has left", e);
        }
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, byte[] bytes, int count) {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(OutputStream out, byte[] bytes, int count) {
        write(out, bytes, count);
        flush(out);
    }

    private static void flush(OutputStream out) {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Loop {
        private final EventTail tail;
        private final OutputStream out;
        private final Heartbeats.Beat beat;
        private final @Nullable Connection connection;
        private byte[] piece = new byte[FIRST_PIECE];
        private long position;

        Loop(EventTail tail, OutputStream out, Heartbeats.Beat beat, @Nullable Connection connection, long position) {
            this.tail = tail;
            this.out = out;
            this.beat = beat;
            this.connection = connection;
            this.position = position;
        }

        void run() throws IOException {
            while (true) {
                boolean ended = tail.hasEnded();
                if (position < tail.available()) {
                    sendPiece();
                } else if (ended) {
                    checkWhole();
                    return;
                } else if (beat.isDue()) {
                    send(out, HEARTBEAT, HEARTBEAT.length);
                    beat.sent();
                } else {
                    rest();
                }
            }
        }

        private void sendPiece() throws IOException {
            long behind = tail.available() - position;
            if (behind > piece.length && piece.length < FileTransfer.PIECE) {
                piece = new byte[FileTransfer.PIECE];
            }
            int count = tail.read(position, piece, piece.length);
            FileTransfer.requireMore(count);
            send(out, piece, count);
            position += count;
            beat.sent();
        }

        private void rest() throws IOException {
            if (connection != null) {
                // What was sent has left: a model that thinks is no reader who is stuck.
                connection.wrote();
            }
            tail.await();
            if (Thread.interrupted()) {
                throw new CloseConnectionException("interrupted");
            }
        }

        private void checkWhole() {
            if (tail.isBrokenOff()) {
                throw new CloseConnectionException("the reader must come back");
            }
        }
    }
}
