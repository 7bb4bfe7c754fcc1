package offload.upstream.openai;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import offload.sweep.Sweeper;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ChatUpstream;
import offload.upstream.openai.body.EndOfCall;
import offload.upstream.openai.connection.Connection;
import offload.upstream.openai.connection.Connections;
import offload.upstream.openai.connection.Endpoint;
import offload.upstream.openai.connection.NoConnection;
import offload.upstream.openai.connection.TrustedPeers;
import org.jspecify.annotations.Nullable;

/**
 * Any upstream with OpenAI's chat completions API, over HTTP/1.1, plain or TLS. Redirects are not followed, as the key would
 * travel with them; no connection that carried a key is used twice. Any number of threads.
 */
public final class OpenAiUpstream implements ChatUpstream {
    private static final String NO_BASE = "\" must be the base URL of an API, such as https://api.openai.com/v1";

    private final Connections connections;
    private final BodyPump pump = new BodyPump("upstream-bodies");
    private volatile BodyRunner bodies = pump;

    /**
     * Uses {@code sweeper}, which stays the caller's, for connect timeouts.
     *
     * @throws IllegalArgumentException if the settings' CA file cannot be used; the message says why
     */
    public OpenAiUpstream(OpenAiSettings settings, Sweeper sweeper) {
        this(new Connections(new TrustedPeers(settings.extraCa()), settings.spares(), sweeper));
    }

    /** From now on each call reads its body itself: for who takes events and may wait long over each, for the device say. */
    public void readApart() {
        bodies = BodyRunner.CALLER;
    }

    /** Connections are closed with it. */
    OpenAiUpstream(Connections connections) {
        this.connections = connections;
    }

    /** An {@link IllegalArgumentException}, which says why, where {@code name} cannot be sent along with calls. */
    public static void requireHeader(String name, String value) {
        RequestHead.require(name, value);
    }

    /**
     * A base URL from its text, checked before anything is sent to it.
     *
     * @throws IllegalArgumentException with a message that holds the text and says what it must be
     */
    public static URI baseUrl(String text) {
        try {
            URI base = new URI(text);
            Target.of(base);
            if (base.getRawFragment() == null) {
                return base;
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + NO_BASE, e);
        }
        throw new IllegalArgumentException("\"" + text + NO_BASE);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the base URL is not usable, or a header or the key could break out of its line
     */
    @Override
    public ChatEnd run(ChatCall call, ChatSink sink) throws IOException {
        try {
            Target target = Target.of(call.base());
            try (Exchange exchange = started(call, target, sink)) {
                return exchange.receive();
            }
        } catch (EndOfCall e) {
            return e.end();
        } catch (NoConnection e) {
            return e.end();
        } finally {
            call.body().release();
            call.key().wipe();
        }
    }

    /** Key and body leave with the request: when this returns, no copy of them is left here. */
    private Exchange started(ChatCall call, Target target, ChatSink sink) throws EndOfCall, NoConnection {
        Endpoint endpoint = target.endpoint();
        try (RequestHead head = new RequestHead(call, target)) {
            Exchange exchange = onSpare(call, endpoint, head, sink);
            if (exchange == null) {
                exchange = new Exchange(connections.connect(endpoint, call.connectTimeout()), bodies, sink);
                exchange.send(head.bytes(), call.body().bytes());
            }
            call.body().release();
            connections.called(endpoint);
            return exchange;
        }
    }

    /** Null if there is no spare, or if it took nothing: then no request was made, and a new connection may make it. */
    private @Nullable Exchange onSpare(ChatCall call, Endpoint endpoint, RequestHead head, ChatSink sink)
            throws EndOfCall {
        Connection spare = connections.spare(endpoint);
        if (spare == null) {
            return null;
        }
        Exchange exchange = new Exchange(spare, bodies, sink);
        if (exchange.send(head.bytes(), call.body().bytes())) {
            return exchange;
        }
        exchange.close();
        return null;
    }

    @Override
    public void close() {
        connections.close();
        pump.close();
    }
}
