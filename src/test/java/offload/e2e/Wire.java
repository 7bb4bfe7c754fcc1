package offload.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import offload.testing.RawHttp;
import org.jspecify.annotations.Nullable;

/** Sends requests, each on a connection of its own, just as they are written. Stateless. */
final class Wire {
    private Wire() {}

    /**
     * A request.
     *
     * @param method as written
     * @param target path and query, as written
     * @param headers a null value leaves out a header that would be sent otherwise
     * @param body null for none
     * @param chunked whether the body goes in two chunks
     */
    record Request(
            String method,
            String target,
            Map<String, @Nullable String> headers,
            byte @Nullable [] body,
            boolean chunked) {}

    static Answer send(int port, Request request) throws IOException {
        long start = System.nanoTime();
        try (RawHttp http = RawHttp.open(port)) {
            sendAll(http, bytes(request));
            RawHttp.Response response = request.method().equals("HEAD") ? http.responseWithoutBody() : http.response();
            byte[] body = response.body();
            if (request.method().equals("HEAD") || response.status() == 204 || response.status() == 304) {
                body = http.untilClosed();
            }
            return new Answer(response.head(), body, (System.nanoTime() - start) / 1e9);
        }
    }

    /** A server may answer and close before it has read a body that it does not want. */
    private static void sendAll(RawHttp http, byte[] bytes) throws IOException {
        try {
            http.send(bytes);
        } catch (SocketException e) {
            if (bytes.length < 100_000) {
                throw e;
            }
        }
    }

    private static byte[] bytes(Request request) {
        StringBuilder head = new StringBuilder(request.method() + ' ' + request.target() + " HTTP/1.1\r\n");
        request.headers().forEach((name, value) -> {
            if (value != null) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        byte[] body = request.body();
        if (body != null) {
            head.append(
                    request.chunked() ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            out.writeBytes(request.chunked() ? chunks(body) : body);
        }
        return out.toByteArray();
    }

    private static byte[] chunks(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int half = body.length / 2;
        chunk(out, body, 0, half);
        chunk(out, body, half, body.length - half);
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, byte[] body, int from, int length) {
        if (length > 0) {
            out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, from, length);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
