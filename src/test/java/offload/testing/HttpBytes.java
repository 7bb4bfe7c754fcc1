package offload.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads HTTP/1.1 messages from a stream, strictly, and keeps every byte that it has read. One thread at a time. */
final class HttpBytes {
    private final InputStream in;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    HttpBytes(InputStream in) {
        this.in = new BufferedInputStream(in, 64 * 1024);
    }

    /** Everything read since the last call of this method. */
    byte[] takeSeen() {
        byte[] taken = seen.toByteArray();
        seen.reset();
        return taken;
    }

    /** One byte, or -1 at the end. */
    int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
            seen.write(b);
        }
        return b;
    }

    /** Up to the blank line; an {@link EOFException} when the stream ends before it. */
    HttpHead head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int b = need(read());
            head.write(b);
            newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
        }
        return HttpHead.parse(head.toByteArray());
    }

    /** The body that the head announces; what its framing leaves open goes to the end of the stream if {@code toEnd}. */
    byte[] body(HttpHead head, boolean toEnd) throws IOException {
        if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) {
            return chunked();
        }
        String length = head.header("Content-Length");
        return length != null ? exactly(Integer.parseInt(length)) : toEnd ? rest() : new byte[0];
    }

    byte[] chunked() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.writeBytes(chunk);
        }
        return body.toByteArray();
    }

    /** The next chunk's data; empty for the last one, whose end is read too. */
    byte[] chunk() throws IOException {
        byte[] data = exactly(Integer.parseInt(line(), 16));
        String end = line();
        if (!end.isEmpty()) {
            throw new IOException("a chunk is not followed by CRLF but by: " + end);
        }
        return data;
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = need(read()); b != '\n'; b = need(read())) {
            line.append((char) b);
        }
        int last = line.length() - 1;
        if (last < 0 || line.charAt(last) != '\r') {
            throw new IOException("a line does not end in CRLF: " + line);
        }
        return line.substring(0, last);
    }

    byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        seen.writeBytes(bytes);
        if (bytes.length < length) {
            throw new EOFException("ended after " + bytes.length + " of " + length + " bytes: "
                    + new String(bytes, StandardCharsets.UTF_8));
        }
        return bytes;
    }

    byte[] rest() throws IOException {
        byte[] bytes = in.readAllBytes();
        seen.writeBytes(bytes);
        return bytes;
    }

    private static int need(int b) throws EOFException {
        if (b < 0) {
            throw new EOFException("the connection ended in the middle of a message");
        }
        return b;
    }
}
