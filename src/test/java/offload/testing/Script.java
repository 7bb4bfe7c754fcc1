package offload.testing;

import java.util.concurrent.CountDownLatch;

/**
 * What a {@link ScriptedUpstream} does on one connection. It runs on a virtual thread of its own; the connection is closed
 * when it returns. An {@link java.io.IOException} is a client that left and no failure; all else fails the test when the upstream
 * is closed.
 */
@FunctionalInterface
public interface Script {
    void play(ScriptedConnection connection) throws Exception;

    /** Reads a request and answers 200 with these bytes as an event stream that ends with the connection. */
    static Script eventStream(String body) {
        return c -> {
            c.request();
            c.eventStreamHead().send(body);
        };
    }

    /** The same with one {@code data:} event for each of {@code datas}, chunked, {@code [DONE]} at the end. */
    static Script events(String... datas) {
        return c -> {
            c.request();
            c.chunkedEventStreamHead();
            for (String data : datas) {
                c.chunk("data: " + data + "\n\n");
            }
            c.chunk("data: [DONE]\n\n").lastChunk();
        };
    }

    /** The events at once; then nothing until {@code gate} opens; then {@code [DONE]}. */
    static Script eventsThenWait(CountDownLatch gate, String... datas) {
        return c -> {
            c.request();
            c.chunkedEventStreamHead();
            for (String data : datas) {
                c.chunk("data: " + data + "\n\n");
            }
            c.await(gate);
            c.chunk("data: [DONE]\n\n").lastChunk();
        };
    }

    /** Reads a request and answers with a whole body. */
    static Script answer(String status, String contentType, String body) {
        return c -> {
            c.request();
            c.answer(status, contentType, body);
        };
    }

    /** Reads a request and never answers; ends when the client closes. */
    static Script silence() {
        return c -> {
            c.request();
            c.awaitClientClose();
        };
    }
}
