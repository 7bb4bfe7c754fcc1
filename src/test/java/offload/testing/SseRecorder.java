package offload.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An event-stream client on a raw socket that keeps everything: the head, the body's bytes, events, comments, and how the
 * stream ended. It reads on a virtual thread of its own from the moment it is opened; any thread may ask it.
 */
public final class SseRecorder implements AutoCloseable {
    private final RawHttp http;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile RawHttp.@Nullable Response head;
    private volatile @Nullable String end;
    private volatile boolean closed;
    private @Nullable String id;
    private boolean sawData;

    /**
     * An event as the stream gave it.
     *
     * @param id the last id seen up to its end; null before the first one
     * @param data lines joined by LF
     * @param nanos {@link System#nanoTime()} of its end
     */
    public record Event(@Nullable String id, String data, long nanos) {}

    private SseRecorder(RawHttp http) {
        this.http = http;
        Thread.ofVirtual().name("sse-recorder").start(this::run);
    }

    /** Asks for the stream; {@code headers} are whole lines, {@code "Last-Event-ID: 12"}. */
    public static SseRecorder open(URI uri, String... headers) throws IOException {
        RawHttp http = RawHttp.open(uri.getHost(), uri.getPort());
        http.socket().setSoTimeout(0);
        http.send(RawHttp.request("GET", uri, null, headers));
        return new SseRecorder(http);
    }

    private void run() {
        try {
            RawHttp.Response response = http.responseWithoutBody();
            head = response;
            if (response.status() != 204) {
                readBody(response.head());
            }
            end = "end";
        } catch (IOException e) {
            end = closed ? "closed by the test" : e.toString();
        }
    }

    private void readBody(HttpHead responseHead) throws IOException {
        HttpBytes in = http.bytes();
        if ("chunked".equalsIgnoreCase(responseHead.header("Transfer-Encoding"))) {
            for (byte[] chunk = in.chunk(); chunk.length > 0; chunk = in.chunk()) {
                take(chunk);
            }
            return;
        }
        String length = responseHead.header("Content-Length");
        long left = length == null ? Long.MAX_VALUE : Long.parseLong(length);
        for (int b; left > 0 && (b = in.read()) >= 0; left--) {
            take(new byte[] {(byte) b});
        }
        if (length != null && left > 0) {
            throw new IOException(left + " bytes of the body are missing");
        }
    }

    private void take(byte[] bytes) {
        synchronized (body) {
            body.writeBytes(bytes);
        }
        for (byte b : bytes) {
            if (b == '\n') {
                takeLine(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (b != '\r') {
                line.write(b);
            }
        }
    }

    private void takeLine(String text) {
        if (text.isEmpty()) {
            dispatch();
        } else if (text.startsWith(":")) {
            comments.add(text.substring(1).strip());
        } else if (text.startsWith("id:")) {
            id = text.substring(3).strip();
        } else if (text.startsWith("data:")) {
            data.append(sawData ? "\n" : "").append(text.substring(text.startsWith("data: ") ? 6 : 5));
            sawData = true;
        }
    }

    private void dispatch() {
        if (sawData) {
            events.add(new Event(id, data.toString(), System.nanoTime()));
        }
        data.setLength(0);
        sawData = false;
    }

    /** Status line and header fields; waits for them. */
    public HttpHead head() {
        RawHttp.Response response = Until.present("the head of the event stream", () -> {
            // The end first: a head that comes between two looks was there before it.
            String how = end;
            RawHttp.Response found = head;
            if (found == null && how != null) {
                throw new IOException(how);
            }
            return found;
        });
        return response.head();
    }

    public int status() {
        return head().status();
    }

    /** The events so far. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** The data of the events so far. */
    public List<String> datas() {
        return events.stream().map(Event::data).toList();
    }

    /** The comments so far, without colon and blanks around. */
    public List<String> comments() {
        return List.copyOf(comments);
    }

    /** The body's bytes so far, without chunk framing. */
    public byte[] bytes() {
        synchronized (body) {
            return body.toByteArray();
        }
    }

    /** Waits until this many events have come; returns all that have. */
    public List<Event> awaitEvents(int count) {
        Until.holds(count + " events", () -> events.size() >= count);
        return events();
    }

    public List<String> awaitComments(int count) {
        Until.holds(count + " comments", () -> comments.size() >= count);
        return comments();
    }

    /** Waits for the end of the response and returns the events; fails if it was no orderly end. */
    public List<Event> awaitEnd() {
        String how = Until.present("the end of the event stream", () -> end);
        if (!how.equals("end")) {
            throw new AssertionError("the event stream ended by: " + how);
        }
        return events();
    }

    /** Waits for any end and says how: {@code end} for an orderly one, else what went wrong. */
    public String awaitAnyEnd() {
        return Until.present("any end of the event stream", () -> end);
    }

    public boolean ended() {
        return end != null;
    }

    /** The connection, to stop reading on it or to reset it. */
    public RawHttp http() {
        return http;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        http.close();
    }
}
