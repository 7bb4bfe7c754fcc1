package offload.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** The server's end of TLS over a socket. Its records are the test's to send: whole, in parts, or several at once. One thread. */
public final class TlsRecords {
    private static final int ROOM = 64 * 1024;

    private final Socket socket;
    private final SSLEngine engine;
    private final ByteBuffer received = ByteBuffer.allocate(ROOM).limit(0);
    private final ByteBuffer clear = ByteBuffer.allocate(ROOM);

    private TlsRecords(Socket socket, SSLEngine engine) {
        this.socket = socket;
        this.engine = engine;
    }

    /** Shakes hands in {@code version} and takes the request, up to its last brace. */
    public static TlsRecords after(String version, SSLContext context, Socket socket) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setEnabledProtocols(new String[] {version});
        engine.setUseClientMode(false);
        engine.beginHandshake();
        TlsRecords records = new TlsRecords(socket, engine);
        while (records.clear.position() == 0 || records.clear.get(records.clear.position() - 1) != '}') {
            records.step();
        }
        return records;
    }

    private void step() throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> socket.getOutputStream().write(record(""));
            default -> {
                if (engine.unwrap(received, clear).getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                    fill();
                }
            }
        }
    }

    private void fill() throws IOException {
        received.compact();
        int length = socket.getInputStream().read(received.array(), received.position(), received.remaining());
        if (length < 0) {
            throw new EOFException();
        }
        received.position(received.position() + length).flip();
    }

    /** What sends {@code text}, up to 16 KiB of it. */
    public byte[] record(String text) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), record);
        return Arrays.copyOf(record.array(), record.position());
    }

    /** Negotiates TLS 1.2 anew, up to the peer's last word of it. */
    public void renegotiate() throws IOException {
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
            step();
        }
    }

    /** Changes the keys of TLS 1.3 and wants the peer to do the same, which it must answer. */
    public byte[] keyUpdate() throws IOException {
        engine.beginHandshake();
        return record("");
    }
}
