/**
 * Inside {@code upstream.openai}: the body of an answer, from the bytes of a connection to events, a JSON text or a refusal.
 * {@code Framing} takes it out of HTTP/1.1, {@code ContentCodings} puts before it what decompresses it; {@code AnswerBody}
 * finds out what a 2xx answer is, {@code RejectedBody} takes any other. All of it is pushed, by whoever reads: it knows no connection and no
 * thread, and what ends a call here is told by {@code EndOfCall}.
 */
@NullMarked
package offload.upstream.openai.body;

import org.jspecify.annotations.NullMarked;
