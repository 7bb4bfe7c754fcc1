package offload.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection of the {@link FastUpstream}: a request, and the stream that answers it. */
final class UpstreamStream implements Comparable<UpstreamStream> {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final Pattern TOKENS = Pattern.compile("\"max_tokens\" *: *(\\d+)");
    private static final Pattern RATE = Pattern.compile("rate=(\\d+)");
    private static final Pattern DELAY = Pattern.compile("delay=(\\d+)");
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String BEFORE = "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1763775600,\"model\":\"bench-model\",\"system_fingerprint\":\"fp_bench\",\"choices\":"
            + "[{\"index\":0,\"delta\":{\"content\":\"";
    private static final String AFTER = "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
    private static final byte[] TOKEN = chunk(BEFORE + "~".repeat(Marker.LENGTH) + AFTER);
    private static final int MARKER_AT = new String(TOKEN, StandardCharsets.US_ASCII).indexOf("~~~~");
    private static final byte[] END = chunk(BEFORE + "\"},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\n");
    private static final byte[] LAST = "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int BURST = 64;

    private final SocketChannel channel;
    private final StringBuilder request = new StringBuilder();
    private final ByteBuffer in = ByteBuffer.allocate(8192);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private int tokens;
    private int sent;
    private long period;
    private long due;
    private boolean ended;
    private @Nullable SelectionKey key;

    UpstreamStream(SocketChannel channel) {
        this.channel = channel;
    }

    private static byte[] chunk(String event) {
        return (Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    long due() {
        return due;
    }

    @Override
    public int compareTo(UpstreamStream other) {
        return Long.compare(due, other.due);
    }

    /** Reads, or goes on writing; true where the stream is now to be paced by the clock. */
    boolean ready(SelectionKey key) throws IOException {
        if (key.isReadable() && read(key)) {
            start();
            this.key = key;
            key.interestOps(period == 0 ? SelectionKey.OP_WRITE : 0);
            return period > 0;
        }
        if (key.isValid() && key.isWritable()) {
            pump(key);
        }
        return false;
    }

    private boolean read(SelectionKey key) throws IOException {
        int count = channel.read(in.clear());
        if (count < 0) {
            key.cancel();
            channel.close();
            return false;
        }
        request.append(new String(in.array(), 0, count, StandardCharsets.ISO_8859_1));
        int head = request.indexOf("\r\n\r\n");
        return head >= 0 && request.length() >= head + 4 + number(LENGTH, 0);
    }

    private void start() throws IOException {
        tokens = number(TOKENS, 100);
        int rate = number(RATE, 0);
        period = rate == 0 ? 0 : 1_000_000_000L / rate;
        due = System.nanoTime() + number(DELAY, 0) * 1_000_000L;
        request.setLength(0);
        sent = 0;
        ended = false;
        out = ByteBuffer.wrap(HEAD.getBytes(StandardCharsets.US_ASCII));
        channel.write(out);
    }

    private int number(Pattern pattern, int preset) {
        Matcher match = pattern.matcher(request);
        return match.find() ? Integer.parseInt(match.group(1)) : preset;
    }

    /** Sends one token that is due; whether more will be. */
    boolean sendDue(long now) {
        try {
            if (out.hasRemaining()) {
                channel.write(out);
            }
            if (!out.hasRemaining()) {
                out = next();
                channel.write(out);
            }
            due += period;
            if (now - due > 1_000_000_000L) {
                due = now;
            }
            if (ended && !out.hasRemaining() && key != null) {
                key.interestOps(SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            ended = true;
        }
        return !ended || out.hasRemaining();
    }

    private void pump(SelectionKey key) throws IOException {
        for (int i = 0; i < BURST && !out.hasRemaining() && !ended; i++) {
            out = next();
            channel.write(out);
        }
        channel.write(out);
        if (ended && !out.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private ByteBuffer next() {
        if (sent < tokens) {
            byte[] token = TOKEN.clone();
            Marker.write(token, MARKER_AT, sent++, System.nanoTime());
            return ByteBuffer.wrap(token);
        }
        ended = true;
        return ByteBuffer.allocate(END.length + LAST.length).put(END).put(LAST).flip();
    }
}
