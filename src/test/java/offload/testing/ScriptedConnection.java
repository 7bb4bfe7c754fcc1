package offload.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One accepted connection of a {@link ScriptedUpstream}. Its {@link Script} calls the sending methods; the test may look at
 * requests and at the client's leaving from any thread.
 */
public final class ScriptedConnection {
    /** More than one wait of a test takes ({@link Until}): a gate may be opened after several. */
    private static final long LIMIT_SECONDS = 120;

    private final Socket socket;
    private final HttpBytes in;
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Long> clientClosed = new CompletableFuture<>();

    ScriptedConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new HttpBytes(socket.getInputStream());
    }

    /** Reads the request; from then on the client's end of the connection is watched. */
    public RecordedRequest request() throws IOException {
        HttpHead head = in.head();
        RecordedRequest request = new RecordedRequest(head, in.body(head, false));
        requests.add(request);
        Thread.startVirtualThread(this::watch);
        return request;
    }

    private void watch() {
        try {
            in.rest();
        } catch (IOException e) {
            // A reset is the client's leaving, too.
        }
        clientClosed.complete(System.nanoTime());
    }

    public ScriptedConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the bytes in one write. */
    public ScriptedConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends the bytes in pieces of {@code size}, each a write (and on loopback, without Nagle, a segment) of its own. */
    public ScriptedConnection sendInPieces(byte[] bytes, int size) throws IOException {
        for (int at = 0; at < bytes.length; at += size) {
            socket.getOutputStream().write(bytes, at, Math.min(size, bytes.length - at));
            socket.getOutputStream().flush();
        }
        return this;
    }

    /** Status line and fields (whole lines, {@code "Name: value"}) and the blank line. */
    public ScriptedConnection head(String status, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(head + "\r\n");
    }

    /** The head of an event stream that ends with the connection. */
    public ScriptedConnection eventStreamHead() throws IOException {
        return head("200 OK", "Content-Type: text/event-stream", "Connection: close");
    }

    /** The head of a chunked event stream. */
    public ScriptedConnection chunkedEventStreamHead() throws IOException {
        return head("200 OK", "Content-Type: text/event-stream; charset=utf-8", "Transfer-Encoding: chunked");
    }

    /** A whole response with Content-Length. */
    public ScriptedConnection answer(String status, String contentType, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        return head(status, "Content-Type: " + contentType, "Content-Length: " + content.length)
                .send(content);
    }

    /** One HTTP chunk in one write. */
    public ScriptedConnection chunk(String text) throws IOException {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return send(Integer.toHexString(length) + "\r\n" + text + "\r\n");
    }

    public ScriptedConnection lastChunk() throws IOException {
        return send("0\r\n\r\n");
    }

    /** Waits for the test. */
    public ScriptedConnection await(CountDownLatch latch) throws InterruptedException, IOException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody opened the gate of a script");
        }
        return this;
    }

    /** Waits until the client has closed its end; returns the {@link System#nanoTime()} of it. After {@link #request()}. */
    public long awaitClientClose() throws InterruptedException {
        try {
            return clientClosed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the client did not close its connection", e);
        }
    }

    /** Whether the client has closed its end. */
    public boolean clientClosed() {
        return clientClosed.isDone();
    }

    /** Closes by a reset (RST) in place of an orderly end. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Closes orderly. */
    public void close() throws IOException {
        socket.close();
    }

    /** The requests read so far. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    public Socket socket() {
        return socket;
    }
}
