package offload.http.connection;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jdk.net.ExtendedSocketOptions;

/**
 * Sees every connection at its acceptance. The web server asks its socket options to configure each channel that it
 * accepts, which is the one place where channels can be seen, so this is such options; all else is passed on to the ones
 * it stands for. On the listener's thread: it must never wait.
 */
public final class AcceptHook implements SocketOptions {
    private static final int PROBE_AFTER_SECONDS = 30;
    private static final int PROBE_EVERY_SECONDS = 10;
    private static final int PROBES = 3;

    private final SocketOptions options;
    private final Predicate<SocketChannel> admits;

    /** {@code admits} takes note of a channel, or refuses it, and then it is closed. */
    public AcceptHook(SocketOptions options, Predicate<SocketChannel> admits) {
        this.options = options;
        this.admits = admits;
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        if (!admits.test(channel)) {
            throw new UncheckedIOException(new IOException("refused: there are too many connections"));
        }
        probe(channel);
    }

    /** A peer that vanished without a word (RFC 9293 section 3.8.4) is noticed within a minute. */
    private static void probe(SocketChannel channel) {
        try {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, PROBE_AFTER_SECONDS);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_EVERY_SECONDS);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        } catch (IOException | UnsupportedOperationException e) {
            // A system without these options keeps its own times.
        }
    }

    @Override
    public void configureSocket(Socket socket) {
        options.configureSocket(socket);
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
