package offload.webhook.call;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import offload.webhook.call.WebhookSettings.Format;

/**
 * Wraps a final status, byte for byte, into the body of a webhook: from its file, in pieces, as often as it is written. A body
 * may be three times as long as its status, and that many megabytes; in memory, some of them ended the server. For one thread.
 */
final class WebhookBody implements WebhookCall.Body, Closeable {
    private static final int PIECE = 16 * 1024;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    // Not a channel: the interrupt that ends a call in time would close that too.
    private final RandomAccessFile status;
    private final Format format;
    private final long length;

    private WebhookBody(RandomAccessFile status, Format format) throws IOException {
        this.status = status;
        this.format = format;
        Length counted = new Length();
        writeTo(counted);
        length = counted.bytes;
    }

    static String contentType(Format format) {
        return format == Format.JSON ? "application/json" : "application/x-www-form-urlencoded";
    }

    /** The body for the status in {@code file}, which is JSON in UTF-8 and never changes again. */
    static WebhookBody of(Path file, Format format) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileNotFoundException(file + " is no plain file");
        }
        RandomAccessFile status = new RandomAccessFile(file.toFile(), "r");
        try {
            return new WebhookBody(status, format);
        } catch (IOException e) {
            status.close();
            throw e;
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        boolean json = format == Format.JSON;
        out.write(ascii(json ? "{\"response\": " : "response="));
        byte[] piece = new byte[PIECE];
        byte[] encoded = json ? piece : new byte[3 * PIECE];
        status.seek(0);
        for (long left = status.length(); left > 0; ) {
            int count = status.read(piece, 0, (int) Math.min(PIECE, left));
            if (count < 0) {
                throw new EOFException("a final status got shorter");
            }
            out.write(encoded, 0, json ? count : encode(piece, count, encoded));
            left -= count;
        }
        out.write(ascii(json ? "}" : ""));
    }

    /** The percent-encode set of the WHATWG URL standard for application/x-www-form-urlencoded. */
    private static int encode(byte[] piece, int count, byte[] into) {
        int length = 0;
        for (int i = 0; i < count; i++) {
            byte b = piece[i];
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            if (plain || b == '*' || b == '-' || b == '.' || b == '_') {
                into[length++] = b;
            } else if (b == ' ') {
                into[length++] = '+';
            } else {
                into[length++] = '%';
                into[length++] = HEX[b >> 4 & 15];
                into[length++] = HEX[b & 15];
            }
        }
        return length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        status.close();
    }

    /** Counts what is written. */
    private static final class Length extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] written, int offset, int count) {
            bytes += count;
        }
    }
}
