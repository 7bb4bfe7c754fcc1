/**
 * Floor 2. Any OpenAI-compatible upstream, over HTTP/1.1 (RFC 9112), plain or TLS, by a client of our own
 * (src/docs/decisions/0002-own-upstream-client.md).
 *
 * <p>Read {@link offload.upstream.openai.Exchange} first: one call on one connection, top to bottom. A connection comes from
 * {@code connection.Connections} (name, TCP, TLS, one deadline); the request goes out by {@code RequestHead}; the turn's own
 * thread reads up to the end of the answer's head, and {@code BodyPump} from there, by {@code BodyFeed} into the room
 * {@code body}.
 */
@NullMarked
package offload.upstream.openai;

import org.jspecify.annotations.NullMarked;
