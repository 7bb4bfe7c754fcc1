package offload.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import offload.engine.DocumentMemory;
import offload.http.connection.Connection;
import offload.http.connection.Connections;
import offload.http.message.Answers;
import offload.http.message.ChunkedBody;
import offload.http.message.ContentCoding;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.jspecify.annotations.Nullable;

/** Takes the bodies of submissions, within their limits. Any thread. */
final class RequestBody {
    private static final int PIECE = 16 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** What part of the heap unfinished bodies may hold: they come from anybody. */
    private static final int SHARE = 16;

    private final CurrentSettings current;
    private final Connections connections;
    private final DocumentMemory memory;
    private final AtomicLong underWay = new AtomicLong();

    /** Bodies may have as many bytes as {@code current} says; those that are whole take {@code memory}. */
    RequestBody(CurrentSettings current, Connections connections, DocumentMemory memory) {
        this.memory = memory;
        this.current = current;
        this.connections = connections;
    }

    private long budget() {
        return Math.max(2L * current.http().bodyLimit(), Runtime.getRuntime().maxMemory() / SHARE);
    }

    /**
     * A body, to be closed once it is worked up.
     *
     * @param bytes all of it
     * @param hold the memory that this takes
     */
    record Whole(byte[] bytes, DocumentMemory.Hold hold) implements AutoCloseable {
        @Override
        public void close() {
            hold.close();
        }
    }

    /** The body of a request that says that it is JSON. */
    Whole json(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(Answers.JSON)) {
            throw new ApiException(
                    ApiError.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as `Content-Type: application/json`.",
                    "Content-Type");
        }
        ContentCoding.requireNone(request.headers());
        if (request.headers().contentLength().orElse(0) > current.http().bodyLimit()) {
            throw tooLarge();
        }
        Connection connection = connections.of(request.remotePeer().address());
        if (connection == null) {
            return read(request, null);
        }
        connection.body();
        try {
            return read(request, connection);
        } finally {
            connection.answer();
        }
    }

    private Whole read(ServerRequest request, @Nullable Connection connection) {
        Taker taker = new Taker(connection);
        DataReader chunks = connection != null && request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                ? connection.reader()
                : null;
        try {
            if (connection != null && chunks != null) {
                invite(request, connection);
                ChunkedBody.read(chunks, taker);
            } else {
                readAll(request, taker);
            }
            long needed = (long) DocumentMemory.SUBMISSION * taker.body.size();
            memory.requireFits(needed);
            // What is whole goes on being one of the unfinished until there is room for it.
            DocumentMemory.Hold hold = memory.hold(needed, ApiError.TOO_MANY_TURNS);
            return new Whole(taker.body.toByteArray(), hold);
        } catch (RequestException | DataReader.IncorrectNewLineException e) {
            throw ChunkedBody.malformed();
        } catch (DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the body ended early", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            underWay.addAndGet(-taker.body.size());
        }
    }

    /** A client may wait until it is told that its body is wanted (RFC 9110 section 10.1.1). */
    private static void invite(ServerRequest request, Connection connection) throws IOException {
        if (request.headers().containsToken(HeaderValues.EXPECT_100)) {
            connection.channel().write(ByteBuffer.wrap(CONTINUE));
        }
    }

    private static void readAll(ServerRequest request, Taker taker) throws IOException {
        try (InputStream in = request.content().inputStream()) {
            // Most bodies are small: as many large pieces as requests would be most of what a burst of them leaves
            // behind.
            long said = request.headers().contentLength().orElse(PIECE);
            byte[] piece = new byte[Math.clamp(said, 1, PIECE)];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                taker.take(Arrays.copyOf(piece, count));
            }
        }
    }

    private final class Taker implements ChunkedBody.Taker {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final @Nullable Connection connection;

        Taker(@Nullable Connection connection) {
            this.connection = connection;
        }

        @Override
        public void expect(long size) {
            if (body.size() + size > current.http().bodyLimit()) {
                throw tooLarge();
            }
        }

        @Override
        public void take(byte[] piece) {
            expect(piece.length);
            body.writeBytes(piece);
            if (connection != null) {
                connection.took(piece.length);
            }
            if (underWay.addAndGet(piece.length) > budget()) {
                throw new ApiException(
                                ApiError.TOO_MANY_TURNS, "Too many large bodies are under way: repeat it in a moment.")
                        .with("Retry-After", "5");
            }
        }
    }

    private ApiException tooLarge() {
        return new ApiException(
                ApiError.BODY_TOO_LARGE,
                "The body may have at most " + current.http().bodyLimit() + " bytes: send a shorter history.");
    }
}
