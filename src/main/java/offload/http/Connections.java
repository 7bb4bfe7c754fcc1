package offload.http;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The table of accepted connections. The web server asks its socket options to configure each channel that it accepts:
 * this is the one place where channels can be seen, so the table is such options, and everything else is passed on to
 * the ones it stands for. Channels are known by their whole remote address; the port alone would not do.
 *
 * <p>Any thread. Whoever finds a channel must leave it in blocking mode, as the web server expects it.
 */
final class Connections implements SocketOptions {
    private final SocketOptions options;
    private final Map<SocketAddress, SocketChannel> channels = new ConcurrentHashMap<>();

    Connections(SocketOptions options) {
        this.options = options;
    }

    /** The open channel of the peer at {@code remote}; null where there is none, as behind TLS. */
    @Nullable
    SocketChannel find(SocketAddress remote) {
        SocketChannel channel = channels.get(remote);
        return channel == null || !channel.isOpen() ? null : channel;
    }

    /** Forgets channels that are closed. To be called now and then. */
    void sweep() {
        channels.values().removeIf(channel -> !channel.isOpen());
    }

    /** How many there are, with those that have closed since the last sweep. */
    int count() {
        return channels.size();
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        try {
            SocketAddress remote = channel.getRemoteAddress();
            if (remote != null) {
                channels.put(remote, channel);
            }
        } catch (IOException e) {
            // Closed between its acceptance and now: there is nothing to keep.
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
