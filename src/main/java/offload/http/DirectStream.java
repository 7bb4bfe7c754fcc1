package offload.http;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import offload.files.EventLog;
import offload.files.LiveTail;

/**
 * Follows a log that is written in this process over a channel of its own: history is copied from the file in blocking
 * mode, by the reader's thread; a reader that has everything parks, and the turn writes to its channel directly. HTTP's
 * chunks are framed here; the web server has sent the head before, and ends the body after. For one thread.
 */
final class DirectStream {
    private static final ByteBuffer HEARTBEAT = ByteBuffer.wrap("5\r\n: hb\n\r\n".getBytes(StandardCharsets.US_ASCII))
            .asReadOnlyBuffer();

    private final EventLog log;
    private final LiveTail tail;
    private final DirectReader reader;
    private final Heartbeats.Beat beat;

    DirectStream(LiveTail tail, DirectReader reader, Heartbeats.Beat beat) {
        this.log = tail.log();
        this.tail = tail;
        this.reader = reader;
        this.beat = beat;
    }

    /** Sends everything there is and will be, in chunks; {@code out} is for what is behind. */
    void run(OutputStream out) throws IOException {
        while (true) {
            catchUp(out);
            if (log.hasEnded() && reader.position() >= log.published()) {
                if (log.isBrokenOff()) {
                    throw new CloseConnectionException("the reader must come back");
                }
                return;
            }
            follow();
            if (reader.isGone()) {
                throw new CloseConnectionException("the client has left");
            }
        }
    }

    private void catchUp(OutputStream out) throws IOException {
        byte[] piece = new byte[0];
        long behind = log.published() - reader.position();
        while (behind > 0) {
            if (piece.length == 0) {
                piece = new byte[(int) Math.min(EventStreams.PIECE, Math.max(behind, 512))];
            }
            int count = tail.read(reader.position(), piece, piece.length);
            if (count <= 0) {
                throw new CloseConnectionException("the event log got shorter");
            }
            send(out, piece, count);
            reader.advance(count);
            beat.sent();
            behind = log.published() - reader.position();
        }
    }

    private static void send(OutputStream out, byte[] bytes, int count) {
        try {
            out.write(bytes, 0, count);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow() {
        try {
            tail.closeFile();
            followOpen();
        } catch (IOException e) {
            throw new CloseConnectionException("the client has left", e);
        }
    }

    private void followOpen() throws IOException {
        SocketChannel channel = reader.connection().channel();
        reader.reset();
        // The turn writes without waiting: there is nothing that could be stuck.
        reader.connection().wrote();
        channel.configureBlocking(false);
        try {
            if (log.follow(reader, reader.position())) {
                park();
            }
        } finally {
            log.unfollow(reader);
            channel.configureBlocking(true);
        }
        ByteBuffer rest = ByteBuffer.wrap(reader.takeRest());
        while (rest.hasRemaining()) {
            reader.connection().write();
            channel.write(rest);
        }
    }

    private void park() {
        while (!reader.isReleased()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new CloseConnectionException("interrupted");
            }
            if (beat.isDue() && !reader.isReleased()) {
                log.give(reader, HEARTBEAT.duplicate());
                beat.sent();
            }
        }
    }
}
