package offload.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upstream and the readers of its turns in one thread: it sends the next token when the reader has the last one. So
 * the server finds one token each time it looks, whatever else the machine does, and appends it by itself.
 */
final class LockStep implements AutoCloseable {
    private static final Pattern EVENTS = Pattern.compile("\"stream_events_url\":\"https?://[^/]+([^\"]+)\"");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    /** In the last token of those that are sent flat out, and in no other. */
    static final String LAST_WORD = "the-last-one";

    private static final byte[] TOKEN = token("word");
    private static final byte[] LAST_TOKEN = token(LAST_WORD);
    private static final byte[] END =
            (new String(chunk("[DONE]"), StandardCharsets.US_ASCII) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_BYTES = "\n\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 30_000;

    private final int port;
    private final ServerSocket upstream;
    private final List<Socket> sockets = new ArrayList<>();
    private final byte[] buffer = new byte[64 * 1024];

    /** For the server at {@code port}, whose upstream listens as {@code upstream}. */
    LockStep(int port, ServerSocket upstream) throws IOException {
        this.port = port;
        this.upstream = upstream;
        upstream.setSoTimeout(PATIENCE_MILLIS);
    }

    /** A turn: the path of its events, the upstream's end of it, and its reader. */
    record Turn(String path, Socket sender, Socket reader) {}

    /** Submits a turn and opens its reader. */
    Turn begin() throws IOException {
        String body = "{\"model\":\"bench-model\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        Matcher events;
        try (Socket submission = connect()) {
            send(
                    submission,
                    "POST /v1/stream-chatgpt HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
                            + "X-OpenAI-API-Key: sk-bench\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            events = EVENTS.matcher(message(submission));
        }
        Socket sender = upstream.accept();
        sockets.add(sender);
        sender.setTcpNoDelay(true);
        message(sender);
        send(sender, HEAD);
        if (!events.find()) {
            throw new IOException("the submission was refused");
        }
        Socket reader = read(events.group(1), 0);
        await(reader, ": hb\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Turn(events.group(1), sender, reader);
    }

    /** Sends a token and waits until the reader has it. */
    void token(Turn turn) throws IOException {
        turn.sender.getOutputStream().write(TOKEN);
        await(turn.reader, LAST_BYTES);
    }

    /** Sends tokens as fast as the server takes them, when the reader has left. */
    void flatOut(Turn turn, int tokens) throws IOException {
        turn.reader.close();
        OutputStream out = new BufferedOutputStream(turn.sender.getOutputStream(), 64 * 1024);
        for (int i = 1; i < tokens; i++) {
            out.write(TOKEN);
        }
        out.write(LAST_TOKEN);
        out.flush();
    }

    /** Ends the turn. */
    void end(Turn turn) throws IOException {
        turn.sender.getOutputStream().write(END);
    }

    /** A further reader who asks for what follows {@code cursor}; closed with everything else. */
    Socket read(String path, long cursor) throws IOException {
        Socket reader = connect();
        sockets.add(reader);
        send(
                reader,
                "GET " + path + " HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n"
                        + (cursor == 0 ? "" : "Last-Event-ID: " + cursor + "\r\n") + "\r\n");
        return reader;
    }

    /** Waits until a reader of a running turn has the last event. */
    void awaitEvent(Socket reader) throws IOException {
        await(reader, LAST_BYTES);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads until what has come since ends with {@code end}. */
    private void await(Socket socket, byte[] end) throws IOException {
        InputStream in = socket.getInputStream();
        int count = 0;
        do {
            if (count > buffer.length / 2) {
                System.arraycopy(buffer, count - end.length, buffer, 0, end.length);
                count = end.length;
            }
            int more = in.read(buffer, count, buffer.length - count);
            if (more < 0) {
                throw new IOException("closed: " + new String(buffer, 0, count, StandardCharsets.US_ASCII));
            }
            count += more;
        } while (!endsWith(count, end));
    }

    private boolean endsWith(int count, byte[] end) {
        return count >= end.length && java.util.Arrays.equals(buffer, count - end.length, count, end, 0, end.length);
    }

    /** A request or an answer with a content length. */
    private static String message(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head + new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] token(String word) {
        return chunk("{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1763775600,"
                + "\"model\":\"bench-model\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" " + word
                + "\"},\"finish_reason\":null}]}");
    }

    private static byte[] chunk(String data) {
        String event = "data: " + data + "\n\n";
        return (Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        upstream.close();
    }
}
