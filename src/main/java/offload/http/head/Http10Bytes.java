package offload.http.head;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client of HTTP/1.1 would have sent in place of a request in HTTP/1.0: its first line, then its fields, then all
 * that follows as it comes. It is the last request of its connection, and fields that mean nothing in HTTP/1.0 are left out:
 * those of persistence, expectations (RFC 9110 section 10.1.1), other protocols (section 7.8). A body in a coding of
 * transfer is refused, as nobody can tell where it ends (RFC 9112 section 6.1). All else goes on as it came, faults too,
 * for the web server to judge. For the connection's thread; waits for the client.
 */
final class Http10Bytes implements Supplier<byte[]> {
    private static final Set<String> LEFT_OUT = Set.of("connection", "keep-alive", "expect", "upgrade");
    private static final byte[] END = {'\r', '\n'};

    private final DataReader in;
    private final String host;
    private byte @Nullable [] line;
    private boolean fieldsAreDue = true;

    /** {@code in} is what came behind the first line, {@code here} what the client is connected to. */
    Http10Bytes(Http10Request request, DataReader in, SocketAddress here) {
        this.line = request.line().getBytes(StandardCharsets.UTF_8);
        this.in = in;
        this.host = request.authority().orElseGet(() -> authority(here));
    }

    @Override
    public byte[] get() {
        byte[] first = line;
        if (first != null) {
            line = null;
            return first;
        }
        if (fieldsAreDue) {
            fieldsAreDue = false;
            byte[] fields = fields();
            if (fields.length > 0) {
                return fields;
            }
        }
        in.ensureAvailable();
        return in.readBytes(in.available());
    }

    /** All of them as they are where there are too many or one has no end that can be told: they will be refused. */
    private byte[] fields() {
        List<byte[]> all = new ArrayList<>();
        boolean whole = read(all);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean hasHost = false;
        for (byte[] field : all) {
            String name = name(field);
            if (name.equals("transfer-encoding")) {
                throw RequestException.builder()
                        .type(DirectHandler.EventType.BAD_REQUEST)
                        .message("a body of HTTP/1.0 has no coding")
                        .build();
            }
            hasHost |= name.equals("host");
            if (!whole || !LEFT_OUT.contains(name)) {
                write(out, field);
            }
        }
        if (whole) {
            write(out, ascii("Connection: close"));
            // On this very machine too it is most likely a proxy that does not say whom it speaks for (RFC 7239).
            write(out, ascii("Forwarded: for=unknown"));
            if (!hasHost) {
                write(out, ascii("Host: " + host));
            }
        }
        return out.toByteArray();
    }

    private boolean read(List<byte[]> fields) {
        int size = 0;
        try {
            int end = in.findNewLine(HeadLimits.FIELD_BYTES);
            while (end > 0
                    && end < HeadLimits.FIELD_BYTES
                    && size <= HeadLimits.FIELD_BYTES
                    && fields.size() <= HeadLimits.FIELDS) {
                size += end;
                fields.add(in.readBytes(end));
                in.skip(END.length);
                end = in.findNewLine(HeadLimits.FIELD_BYTES);
            }
            return end == 0 && size <= HeadLimits.FIELD_BYTES;
        } catch (DataReader.IncorrectNewLineException e) {
            return false;
        }
    }

    private static String name(byte[] field) {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        return text.substring(0, Math.max(text.indexOf(':'), 0)).strip().toLowerCase(Locale.ROOT);
    }

    private static void write(ByteArrayOutputStream out, byte[] field) {
        out.writeBytes(field);
        out.writeBytes(END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A client that names no host, not even in its target, means the one that it connected to. */
    private static String authority(SocketAddress here) {
        if (!(here instanceof InetSocketAddress inet)) {
            return "localhost";
        }
        String address = inet.getAddress().getHostAddress().replaceFirst("%.*", "");
        return (inet.getAddress() instanceof Inet6Address ? '[' + address + ']' : address) + ':' + inet.getPort();
    }
}
