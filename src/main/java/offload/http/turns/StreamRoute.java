package offload.http.turns;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import offload.engine.EventLogs;
import offload.eventlog.EventLog;
import offload.eventlog.EventTail;
import offload.eventlog.LiveTail;
import offload.files.DataFolder;
import offload.files.FollowedTail;
import offload.files.TurnFiles;
import offload.http.message.Accepted;
import offload.http.message.Answers;
import offload.http.message.NoLength;
import offload.http.stream.EventStreams;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET <stream_events_url>}: what is in the event log from the reader's cursor on, and then what follows, until
 * the last event. The log is read by the reader's own thread at the reader's own pace: nothing is queued for anybody.
 */
final class StreamRoute implements TurnHandler {
    private static final long SIGHT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final DataFolder data;
    private final EventLogs logs;
    private final Gatekeeper gatekeeper;
    private final EventStreams streams;
    private final FileHandover handover;
    private final FinalTurns finals = new FinalTurns();

    StreamRoute(DataFolder data, EventLogs logs, Gatekeeper gatekeeper, EventStreams streams, FileHandover handover) {
        this.data = data;
        this.logs = logs;
        this.gatekeeper = gatekeeper;
        this.streams = streams;
        this.handover = handover;
    }

    @Override
    public void handle(TurnPath path, ServerRequest request, ServerResponse response) throws IOException {
        gatekeeper.openEvents(request, path);
        Optional<Cursor> cursor = Cursor.of(request);
        long from = cursor.map(Cursor::offset).orElse(0L);
        try (EventTail tail = open(path, from)) {
            takeIn(tail, logs.live(path) == null ? from : 0);
            long good = tail.goodCursor(from);
            if (cursor.isPresent() && good != from) {
                throw cursor.get().notAtRecord(good);
            }
            headers(request, response);
            if (!tail.hasEnded() || tail.isBrokenOff()) {
                growing(tail, from, request, response);
            } else if (cursor.isPresent() && from == tail.available()) {
                Answers.empty(response, 204);
            } else if (EventStreams.mustFollow(request)) {
                growing(tail, from, request, response);
            } else if (from == 0 && handover.suits(request)) {
                handover.send(path, ".txt", response);
            } else {
                finished(
                        tail,
                        from,
                        cursor.isPresent() ? null : ByteRange.of(request, tail.available()),
                        request,
                        response);
            }
        }
    }

    /**
     * Takes in what the file has by now. What another server has sent of its turn may come into sight here only a moment
     * later: a network file system keeps back what is written, and remembers how long a file was.
     */
    private static void takeIn(EventTail tail, long from) throws IOException {
        long end = System.nanoTime() + SIGHT_NANOS;
        while (!tail.hasEnded() && tail.available() < from && System.nanoTime() < end) {
            tail.await();
            if (Thread.interrupted()) {
                throw new CloseConnectionException("interrupted");
            }
        }
    }

    private EventTail open(TurnPath path, long cursor) throws IOException {
        EventLog live = logs.live(path);
        TurnFiles files = data.files(path);
        try {
            // Another server shows a record as soon as it is in the file, which is before it is published here.
            if (live != null && cursor <= live.published()) {
                return new LiveTail(live);
            }
            return finals.has(path) ? ofFinal(files, cursor) : followed(path, files);
        } catch (NoSuchFileException e) {
            throw NotFound.turn();
        }
    }

    /** Who asks for all of it is hardly ever the only one, and finds it open. */
    private EventTail ofFinal(TurnFiles files, long cursor) throws IOException {
        EventTail kept = cursor == 0 ? logs.kept(files.events()) : null;
        return kept == null ? FollowedTail.ofFinal(files) : kept;
    }

    private EventTail followed(TurnPath path, TurnFiles files) throws IOException {
        FollowedTail tail = new FollowedTail(files);
        if (tail.wasFinal()) {
            finals.add(path);
        } else {
            logs.asked(path);
        }
        return tail;
    }

    /** Whether plain text is asked for by its name, and an event stream is not acceptable. */
    private static boolean isPlainTextOnly(Accepted accepted) {
        boolean others = accepted.takes("text/*", accepted.takes("*/*", false));
        return accepted.takes("text/plain", false) && !accepted.takes("text/event-stream", others);
    }

    private static void headers(ServerRequest request, ServerResponse response) {
        String type = isPlainTextOnly(Accepted.of(request, HeaderNames.ACCEPT)) ? "text/plain" : "text/event-stream";
        response.header(HeaderNames.CONTENT_TYPE, type + "; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header("X-Accel-Buffering", "no");
    }

    private void growing(EventTail tail, long from, ServerRequest request, ServerResponse response) throws IOException {
        if (request.prologue().method().equals(Method.HEAD)) {
            // Nobody knows how long it will be.
            NoLength.ask(response);
            response.send();
        } else {
            streams.follow(tail, from, request, response);
        }
    }

    private void finished(
            EventTail tail, long from, @Nullable ByteRange range, ServerRequest request, ServerResponse response)
            throws IOException {
        long total = tail.available();
        long first = range == null ? from : range.first();
        long length = range == null ? total - from : range.length();
        response.header(HeaderNames.ACCEPT_RANGES, "bytes");
        if (range != null) {
            response.status(Status.PARTIAL_CONTENT_206);
            response.header(HeaderNames.CONTENT_RANGE, range.contentRange(total));
        }
        response.headers().contentLength(length);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.send();
        } else {
            streams.copy(tail, first, length, request, response);
        }
    }
}
