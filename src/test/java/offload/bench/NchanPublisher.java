package offload.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Publishes tokens to an Nchan channel at a rate, one request each on one connection. */
final class NchanPublisher implements Runnable {
    private static final byte[] PADDING = " ".repeat(200).getBytes(StandardCharsets.US_ASCII);

    private final URI subscribe;
    private final int tokens;
    private final int rate;

    NchanPublisher(URI subscribe, int tokens, int rate) {
        this.subscribe = subscribe;
        this.tokens = tokens;
        this.rate = rate;
    }

    @Override
    public void run() {
        try (Socket socket = new Socket(subscribe.getHost(), subscribe.getPort())) {
            socket.setTcpNoDelay(true);
            long due = System.nanoTime();
            for (int i = 0; i < tokens; i++) {
                due += 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                publish(socket, i);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void publish(Socket socket, int index) throws IOException {
        byte[] body = new byte[Marker.LENGTH + PADDING.length];
        Marker.write(body, 0, index, System.nanoTime());
        System.arraycopy(PADDING, 0, body, Marker.LENGTH, PADDING.length);
        String head =
                "POST /pub?" + subscribe.getRawQuery() + " HTTP/1.1\r\nHost: bench\r\nContent-Type: text/plain\r\n"
                        + "Content-Length: " + body.length + "\r\n\r\n";
        byte[] all = java.util.Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + body.length);
        System.arraycopy(body, 0, all, head.length(), body.length);
        socket.getOutputStream().write(all);
        skipAnswer(socket.getInputStream());
    }

    private static void skipAnswer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        String length = head.toString().replaceFirst("(?is).*content-length: *(\\d+).*", "$1");
        in.skipNBytes(Long.parseLong(length));
    }
}
