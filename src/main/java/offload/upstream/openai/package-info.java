/**
 * Floor 2. Any OpenAI-compatible upstream, over HTTP/1.1 (RFC 9112), plain or TLS, by a client of our own
 * (src/docs/decisions/0002-own-upstream-client.md).
 *
 * <p>Read {@link offload.upstream.openai.Exchange} first: one call on one connection, top to bottom. A connection comes from
 * {@code connection.Connections} (name, TCP, TLS, one deadline); the request goes out by {@code RequestHead}; the answer's bytes are pushed
 * through {@code Framing} and, where it is compressed, {@code InflatedBody} into {@code AnswerBody}, which finds out what it
 * is: {@code EventBody}, {@code JsonBody}; {@code RejectedBody} takes what is not 2xx.
 */
@NullMarked
package offload.upstream.openai;

import org.jspecify.annotations.NullMarked;
