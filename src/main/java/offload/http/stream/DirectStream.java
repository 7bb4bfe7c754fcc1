package offload.http.stream;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import offload.eventlog.EventLog;
import offload.eventlog.LiveTail;
import offload.http.connection.Connection;

/**
 * Follows a log that is written in this process over a channel of its own, from behind the head on: history goes from the
 * file to the channel, by the reader's thread; a reader that has everything parks, and the turn writes to its channel
 * directly. HTTP's chunks are framed here, but for clients of HTTP/1.0, and the body is ended here. For one thread.
 */
final class DirectStream {
    private static final ByteBuffer HEARTBEAT = ascii(Heartbeats.COMMENT);
    private static final ByteBuffer HEARTBEAT_CHUNK =
            ascii(Integer.toHexString(Heartbeats.COMMENT.length()) + "\r\n" + Heartbeats.COMMENT + "\r\n");
    private static final ByteBuffer LAST_CHUNK = ascii("0\r\n\r\n");
    private static final ByteBuffer LINE_END = ascii("\r\n");
    private static final ByteBuffer NOTHING = ascii("");

    private final EventLog log;
    private final Connection connection;
    private final long from;
    private final Heartbeats heartbeats;
    private final boolean chunks;
    private long sent;

    DirectStream(EventLog log, long from, Connection connection, Heartbeats heartbeats) {
        this.log = log;
        this.connection = connection;
        this.from = from;
        this.heartbeats = heartbeats;
        this.chunks = connection.knowsChunks();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
    }

    /** {@code first} as what a body in chunks begins with, which goes out with the head. */
    static byte[] chunk(byte[] first) {
        byte[] size = (Integer.toHexString(first.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer chunk = ByteBuffer.allocate(size.length + first.length + LINE_END.remaining());
        return chunk.put(size).put(first).put(LINE_END.duplicate()).array();
    }

    /** Where it goes out. */
    Connection connection() {
        return connection;
    }

    /** How many bytes of the log went out. */
    long sent() {
        return sent;
    }

    /** Sends everything there is and will be. */
    void run() throws IOException {
        DirectReader reader = new DirectReader(connection.channel(), chunks, from);
        try (LiveTail tail = new LiveTail(log);
                Heartbeats.Beat beat = heartbeats.begin(log::published)) {
            while (!isOver(reader)) {
                catchUp(reader, tail, beat);
                tail.closeFile();
                follow(reader, beat);
                if (reader.isGone()) {
                    throw new CloseConnectionException("the client has left");
                }
            }
        } finally {
            sent = reader.position() - from;
        }
        if (log.isBrokenOff()) {
            // A stream that is broken off must not look as if it had ended.
            throw new CloseConnectionException("the reader must come back");
        }
        if (chunks && !reader.isWhole()) {
            write(LAST_CHUNK.duplicate());
        }
        connection.wrote();
    }

    private boolean isOver(DirectReader reader) {
        return log.hasEnded() && reader.position() >= log.published();
    }

    private void catchUp(DirectReader reader, LiveTail tail, Heartbeats.Beat beat) throws IOException {
        long behind = log.published() - reader.position();
        while (behind > 0) {
            reader.advance(
                    behind > FileTransfer.PIECE
                            ? sendFile(tail, reader.position(), behind)
                            : sendPiece(tail, reader.position(), (int) behind));
            beat.sent();
            behind = log.published() - reader.position();
        }
    }

    private long sendFile(LiveTail tail, long position, long length) throws IOException {
        write(beforeChunk(length));
        FileTransfer.send(tail, position, length, connection);
        write(afterChunk());
        return length;
    }

    private ByteBuffer beforeChunk(long length) {
        return chunks ? ascii(Long.toHexString(length) + "\r\n") : NOTHING;
    }

    private ByteBuffer afterChunk() {
        return chunks ? LINE_END.duplicate() : NOTHING;
    }

    private long sendPiece(LiveTail tail, long position, int most) throws IOException {
        byte[] piece = new byte[most];
        int count = tail.read(position, piece, most);
        FileTransfer.requireMore(count);
        write(beforeChunk(count), ByteBuffer.wrap(piece, 0, count), afterChunk());
        return count;
    }

    private void write(ByteBuffer... parts) throws IOException {
        while (isLeft(parts)) {
            connection.write();
            connection.channel().write(parts);
        }
    }

    private static boolean isLeft(ByteBuffer... parts) {
        for (ByteBuffer part : parts) {
            if (part.hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    private void follow(DirectReader reader, Heartbeats.Beat beat) throws IOException {
        SocketChannel channel = connection.channel();
        reader.reset();
        // The turn writes without waiting: there is nothing that could be stuck.
        connection.wrote();
        channel.configureBlocking(false);
        try {
            if (log.follow(reader, reader.position())) {
                park(reader, beat);
            }
        } finally {
            log.unfollow(reader);
            channel.configureBlocking(true);
        }
        write(ByteBuffer.wrap(reader.takeRest()));
    }

    private void park(DirectReader reader, Heartbeats.Beat beat) {
        while (!reader.isReleased()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new CloseConnectionException("interrupted");
            }
            if (beat.isDue() && !reader.isReleased()) {
                log.give(reader, (chunks ? HEARTBEAT_CHUNK : HEARTBEAT).duplicate());
                beat.sent();
            }
        }
    }
}
