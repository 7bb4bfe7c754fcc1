package offload.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import offload.turn.UpstreamKey;

/**
 * One call of an upstream.
 *
 * @param base the upstream's base URL, for example {@code https://api.openai.com/v1}; {@code /chat/completions} is added
 * @param key sent as {@code Authorization: Bearer}; emptied by the call; none sends no such header
 * @param headers further request headers, in order
 * @param body the request body, let go of by the call once it is sent
 * @param stream whether an event stream is asked for
 * @param connectTimeout for name resolution, TCP and TLS together; the whole call's deadline is the caller's affair
 */
public record ChatCall(
        URI base,
        UpstreamKey key,
        Map<String, String> headers,
        CallBody body,
        boolean stream,
        Duration connectTimeout) {}
