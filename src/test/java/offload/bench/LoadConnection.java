package offload.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of the load generator and the one response that it reads, or several in a replay. */
final class LoadConnection implements BodyScan.Finder {
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");

    private final FastLoad load;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final BodyScan scan = new BodyScan();
    private final StringBuilder head = new StringBuilder();
    private final boolean isPost;
    private final ByteBuffer request;
    private boolean inBody;
    private int next;
    private final long startNanos = System.nanoTime();

    LoadConnection(FastLoad load, Selector selector, String request, boolean isPost) throws IOException {
        this.load = load;
        this.isPost = isPost;
        this.request = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        channel.connect(new InetSocketAddress(
                load.plan().url().getHost(), load.plan().url().getPort()));
    }

    void ready(byte[] buffer) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                send();
            } else {
                read(buffer);
            }
        } catch (IOException e) {
            finish(false);
        }
    }

    private void send() throws IOException {
        while (request.hasRemaining()) {
            channel.write(request);
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private void read(byte[] buffer) throws IOException {
        int count = channel.read(ByteBuffer.wrap(buffer));
        if (count < 0) {
            finish(inBody && scan.isDone());
            return;
        }
        int from = 0;
        if (!inBody) {
            from = takeHead(buffer, count);
        }
        if (inBody && channel.isOpen()) {
            if (load.plan().namesStream() && isPost) {
                head.append(new String(buffer, from, count - from, StandardCharsets.ISO_8859_1));
                scan.take(buffer, from, count, this);
            } else {
                scan.take(buffer, from, count, this);
            }
            boolean last = load.plan().isNchan() && next == load.plan().tokens();
            if (scan.isComplete() || last) {
                finish(true);
            }
        }
    }

    private int takeHead(byte[] buffer, int count) throws IOException {
        int before = head.length();
        head.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return count;
        }
        String text = head.substring(0, end).toLowerCase(Locale.ROOT);
        if (!text.startsWith("http/1.1 200")) {
            throw new IOException(text.lines().findFirst().orElse(""));
        }
        Matcher length = LENGTH.matcher(text);
        scan.begin(text.contains("transfer-encoding: chunked"), length.find() ? Long.parseLong(length.group(1)) : -1);
        inBody = true;
        head.setLength(0);
        return end + 4 - before;
    }

    @Override
    public void found(int index, long sentNanos) {
        LoadStats stats = load.stats();
        long now = System.nanoTime();
        if (next == 0) {
            stats.first(now - startNanos);
        }
        if (index < next) {
            stats.disordered++;
        } else {
            stats.missing += index - next;
            next = index + 1;
        }
        if (load.plan().isReplay()) {
            stats.tokens++;
        } else {
            stats.latency(now - sentNanos);
        }
    }

    private void finish(boolean well) {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
        if (isPost && load.plan().namesStream()) {
            load.named(head.toString(), well);
        } else {
            load.ended(well, scan.isDone() || load.plan().isNchan(), next);
        }
    }
}
