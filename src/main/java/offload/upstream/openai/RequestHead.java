package offload.upstream.openai;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import offload.upstream.ChatCall;

/**
 * The head of a request with the caller's key in it. It stands in memory of its own outside the heap, which is overwritten and
 * given back by {@link #close()}. One thread.
 */
final class RequestHead implements AutoCloseable {
    private static final String PRODUCT = "Offload/" + version();
    private static final Set<String> OURS = Set.of(
            "host",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "accept-encoding",
            "expect",
            "te",
            "upgrade");
    private static final String JSON = "application/json";
    /** Servers that go by it, as Spring's do, say nothing of why they refuse where events alone are accepted. */
    private static final String STREAM_OR_REFUSAL = "text/event-stream, application/json;q=0.9";

    private static final byte[] AUTHORIZATION = latin1("Authorization: Bearer ");
    private static final byte[] LINE_END = latin1("\r\n");

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory;
    private final ByteBuffer bytes;

    /** Takes the call's key. An {@link IllegalArgumentException} if a header or the key could break out of its line. */
    RequestHead(ChatCall call, Target target) {
        byte[] fields = latin1(fields(call, target));
        byte[] key = call.key().take();
        try {
            requireKey(key);
            memory = arena.allocate(fields.length + AUTHORIZATION.length + key.length + 2L * LINE_END.length);
            bytes = memory.asByteBuffer().put(fields);
            if (key.length > 0) {
                bytes.put(AUTHORIZATION).put(key).put(LINE_END);
            }
            bytes.put(LINE_END).flip();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The whole head, to be sent from its start. */
    ByteBuffer bytes() {
        return bytes.rewind();
    }

    private static String fields(ChatCall call, Target target) {
        StringBuilder head = new StringBuilder(512);
        head.append("POST ").append(target.path()).append(" HTTP/1.1\r\n");
        field(head, "Host", target.endpoint().hostField());
        unlessGiven(head, call, "User-Agent", PRODUCT);
        unlessGiven(head, call, "Accept", call.stream() ? STREAM_OR_REFUSAL : JSON);
        field(head, "Accept-Encoding", "identity");
        field(head, "Content-Type", JSON);
        field(head, "Content-Length", Integer.toString(call.body().length()));
        field(head, "Connection", "close");
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            require(header.getKey(), header.getValue());
            field(head, header.getKey(), header.getValue());
        }
        return head.toString();
    }

    /** A field that the operator may set otherwise; twice it would be no good HTTP. */
    private static void unlessGiven(StringBuilder head, ChatCall call, String name, String value) {
        if (call.headers().keySet().stream().noneMatch(name::equalsIgnoreCase)) {
            field(head, name, value);
        }
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /** An {@link IllegalArgumentException} where a header cannot be sent along; it does not tell the value. */
    static void require(String name, String value) {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException("the name of a request header cannot be sent on");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the request header " + name + " is the client's own");
        }
        if (!value.chars().allMatch(c -> c == '\t' || c >= ' ' && c <= 0xFF && c != 0x7F)) {
            throw new IllegalArgumentException("the value of the request header " + name + " cannot be sent on");
        }
    }

    private static void requireKey(byte[] key) {
        for (byte b : key) {
            if (b <= ' ' || b == 0x7F) {
                throw new IllegalArgumentException("the upstream key holds a character that no key has");
            }
        }
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String version() {
        String packaged = RequestHead.class.getPackage().getImplementationVersion();
        return packaged == null ? "dev" : packaged;
    }

    @Override
    public void close() {
        memory.fill((byte) 0);
        arena.close();
    }
}
