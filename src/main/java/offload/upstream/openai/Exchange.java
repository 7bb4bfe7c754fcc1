package offload.upstream.openai;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;
import offload.upstream.openai.body.AnswerBody;
import offload.upstream.openai.body.BodyTaker;
import offload.upstream.openai.body.ContentCodings;
import offload.upstream.openai.body.EndOfCall;
import offload.upstream.openai.body.Framing;
import offload.upstream.openai.body.RejectedBody;
import offload.upstream.openai.connection.Connection;

/**
 * One request and its answer on one connection, which is closed afterwards whatever happens: it has carried a key. Failures of the
 * connection become ends of the call; what the sink throws goes through. One thread.
 */
final class Exchange implements AutoCloseable {
    private static final Set<String> OF_THE_BODY =
            Set.of("content-type", "content-length", "content-encoding", "transfer-encoding");

    private final Connection connection;
    private final BodyRunner bodies;
    private final GivenSink sink;
    private boolean sent = true;
    private int from;
    private int to;

    Exchange(Connection connection, BodyRunner bodies, ChatSink sink) {
        this.bodies = bodies;
        this.connection = connection;
        this.sink = new GivenSink(sink);
    }

    /**
     * Sends the request. A peer that closes in the middle may have answered before (a request that is too large, a wrong key):
     * that is for {@link #receive} to find out.
     *
     * @return false if nothing of it has left
     */
    boolean send(ByteBuffer head, byte[] body) throws EndOfCall {
        try {
            connection.write(head, ByteBuffer.wrap(body));
        } catch (ClosedByInterruptException e) {
            throw EndOfCall.aborted();
        } catch (IOException e) {
            sent = false;
        }
        return connection.hasSent();
    }

    /** Gives the answer to the sink, up to its end. */
    ChatEnd receive() throws IOException {
        try {
            ResponseHead head = begin();
            ChatEnd end = head.status() >= 200 && head.status() < 300 ? answer(head) : rejection(head);
            sink.flush();
            return end;
        } catch (EndOfCall e) {
            sink.flush();
            throw e;
        }
    }

    /** Gives the head to the sink, and answers what the body needs of it: the rest may echo the key, and a body takes its time. */
    private ResponseHead begin() throws IOException {
        ResponseHead head = head();
        sink.head(head);
        Map<String, String> needed = new HashMap<>(head.headers());
        needed.keySet().retainAll(OF_THE_BODY);
        return new ResponseHead(head.status(), head.protocol(), needed);
    }

    private ResponseHead head() throws EndOfCall {
        HeadReader reader = new HeadReader();
        ResponseHead head = null;
        while (head == null) {
            if (!read()) {
                throw new EndOfCall(new ChatEnd.Truncated(
                        sent
                                ? "The upstream closed the connection without an answer."
                                : "The upstream closed the connection while the request was sent."));
            }
            from = reader.take(connection.buffer(), from, to);
            Arrays.fill(connection.buffer(), 0, from, (byte) 0);
            head = reader.head();
        }
        return head;
    }

    private ChatEnd answer(ResponseHead head) throws IOException {
        AnswerBody answer = new AnswerBody(head.headers().get("content-type"), sink);
        try (BodyTaker body = ContentCodings.decoded(head, answer)) {
            return body(Framing.of(head), body);
        }
    }

    /** A body that cannot be read, or not to its end, takes nothing from the status. */
    private ChatEnd rejection(ResponseHead head) throws IOException {
        RejectedBody rejected = new RejectedBody(head.status(), head.headers().get("content-type"));
        try (BodyTaker body = ContentCodings.decoded(head, rejected)) {
            return body(Framing.of(head), body);
        } catch (EndOfCall e) {
            if (e.end() instanceof ChatEnd.Invalid || e.end() instanceof ChatEnd.Truncated) {
                return rejected.end(false);
            }
            throw e;
        }
    }

    private ChatEnd body(Framing framing, BodyTaker body) throws IOException {
        BodyFeed feed = new BodyFeed(connection, framing, body, sink);
        ChatEnd end = feed.begin(from, to);
        return end == null ? bodies.run(feed) : end;
    }

    /** Whether bytes came; a lost connection counts as its end. */
    private boolean read() throws EndOfCall {
        try {
            from = 0;
            to = connection.read();
            return to >= 0;
        } catch (ClosedByInterruptException e) {
            throw EndOfCall.aborted();
        } catch (SSLException e) {
            // In TLS 1.3 a server refuses the client, one without a certificate say, only after the client's handshake
            // is over.
            throw EndOfCall.unreachable("TLS with the upstream failed: " + e.getMessage() + ".");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
