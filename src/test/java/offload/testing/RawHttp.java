package offload.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One client connection on which a test writes and reads every byte itself, so that bodies after HEAD, second answers and
 * closed connections can be seen. One thread at a time; reads fail after 75 s: a status may be waited for for 60.
 */
public final class RawHttp implements AutoCloseable {
    private static final int READ_LIMIT_MILLIS = 75_000;

    private final Socket socket;
    private final HttpBytes in;

    /**
     * A response.
     *
     * @param head status line and fields
     * @param body the decoded body
     * @param bytes the whole response as it was on the wire
     */
    public record Response(HttpHead head, byte[] body, byte[] bytes) {
        public int status() {
            return head.status();
        }

        public @Nullable String header(String name) {
            return head.header(name);
        }

        /** The body as UTF-8. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new HttpBytes(socket.getInputStream());
    }

    /** Connects to the loopback port. */
    public static RawHttp open(int port) throws IOException {
        return open("127.0.0.1", port);
    }

    public static RawHttp open(String host, int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), READ_LIMIT_MILLIS);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawHttp(socket);
    }

    /**
     * One request on a connection of its own. Host, {@code Connection: close} and, with a body, Content-Length are added.
     *
     * @param body sent as UTF-8; null for none
     * @param headers whole lines, {@code "Name: value"}
     */
    public static Response exchange(String method, URI uri, @Nullable String body, String... headers)
            throws IOException {
        try (RawHttp http = open(uri.getHost(), uri.getPort())) {
            http.send(request(method, uri, body, headers));
            return method.equals("HEAD") ? http.responseWithoutBody() : http.response();
        }
    }

    /** The bytes of such a request, to be sent whole, split or damaged. */
    public static byte[] request(String method, URI uri, @Nullable String body, String... headers) {
        byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + target(uri) + " HTTP/1.1\r\n");
        head.append("Host: ").append(uri.getAuthority()).append("\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (body != null) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }

    private static String target(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    public RawHttp send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.UTF_8));
    }

    public RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The next response with the body its head announces; without framing it ends with the connection. */
    public Response response() throws IOException {
        HttpHead head = in.head();
        boolean bodiless = head.status() == 204 || head.status() == 304 || head.status() < 200;
        byte[] body = bodiless ? new byte[0] : in.body(head, true);
        return new Response(head, body, in.takeSeen());
    }

    /** The next response, whose head may announce a body that does not come: the answer to HEAD. */
    public Response responseWithoutBody() throws IOException {
        return new Response(in.head(), new byte[0], in.takeSeen());
    }

    /** Everything up to the end of the connection; also what came before a reset. */
    public byte[] untilClosed() throws IOException {
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                // Kept by the reader.
            }
        } catch (SocketException | EOFException e) {
            // A reset is an end, too.
        }
        return in.takeSeen();
    }

    /** Half-closes: the server sees the end of our bytes and can still answer. */
    public void finishSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes by a reset (RST) in place of an orderly end. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    HttpBytes bytes() {
        return in;
    }

    /** The socket itself, for options and for readers that stop reading. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
