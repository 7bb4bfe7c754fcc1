package offload.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;

/**
 * An upstream that costs next to nothing: one thread, one {@code send} a token, paced by the clock or flat out. Of a
 * request it looks at {@code max_tokens} and at {@code user}, which holds {@code rate=N} (tokens per second, 0 for flat
 * out) and {@code delay=MS} (before the first one).
 */
final class FastUpstream {
    private final Selector selector = Selector.open();
    private final PriorityQueue<UpstreamStream> paced = new PriorityQueue<>();

    private FastUpstream() throws IOException {}

    /** Listens on a free port, prints it, and serves until the process is ended. */
    public static void main(String[] arguments) throws IOException {
        FastUpstream upstream = new FastUpstream();
        ServerSocketChannel listener = ServerSocketChannel.open();
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        listener.bind(new InetSocketAddress("127.0.0.1", port), 16_384).configureBlocking(false);
        listener.register(upstream.selector, SelectionKey.OP_ACCEPT);
        System.out.println("port " + listener.socket().getLocalPort());
        while (true) {
            upstream.turn(listener);
        }
    }

    private void turn(ServerSocketChannel listener) throws IOException {
        UpstreamStream next = paced.peek();
        long wait = next == null ? 1000 : Math.max(0, (next.due() - System.nanoTime() + 999_999) / 1_000_000);
        if (wait > 0) {
            selector.select(key -> ready(key, listener), wait);
        } else {
            selector.selectNow(key -> ready(key, listener));
        }
        long now = System.nanoTime();
        while (!paced.isEmpty() && paced.peek().due() <= now) {
            UpstreamStream stream = paced.poll();
            if (stream != null && stream.sendDue(now)) {
                paced.add(stream);
            }
        }
    }

    private void ready(SelectionKey key, ServerSocketChannel listener) {
        try {
            if (key.isAcceptable()) {
                accept(listener);
            } else {
                UpstreamStream stream = (UpstreamStream) key.attachment();
                if (stream.ready(key)) {
                    paced.add(stream);
                }
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new UpstreamStream(channel));
        }
    }
}
