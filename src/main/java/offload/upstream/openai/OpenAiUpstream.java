package offload.upstream.openai;

import java.io.IOException;
import java.net.URI;
import offload.sweep.Sweeper;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ChatUpstream;

/**
 * Any upstream with OpenAI's chat completions API, over HTTP/1.1, plain or TLS. Redirects are not followed, as the key would
 * travel with them; no connection that carried a key is used twice. Any number of threads.
 */
public final class OpenAiUpstream implements ChatUpstream {
    private final Connector connector;

    /**
     * Uses {@code sweeper}, which stays the caller's, for connect timeouts.
     *
     * @throws IllegalArgumentException if the settings' CA file cannot be used; the message says why
     */
    public OpenAiUpstream(OpenAiSettings settings, Sweeper sweeper) {
        connector = new Connector(new TrustedPeers(settings.extraCa()), sweeper);
    }

    /**
     * Checks a base URL before anything is sent to it.
     *
     * @throws IllegalArgumentException with the rest of a sentence that begins with the URL
     */
    public static void requireUsable(URI base) {
        Target.of(base);
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
            try (Exchange exchange = new Exchange(connector.connect(target.endpoint(), call.connectTimeout()), sink)) {
                exchange.send(call, target);
                return exchange.receive();
            }
        } catch (EndOfCall e) {
            return e.end();
        } finally {
            call.key().wipe();
        }
    }

    @Override
    public void close() {
        connector.close();
    }
}
