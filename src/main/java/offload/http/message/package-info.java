/**
 * Inside {@code http}: what HTTP says of any request and of any answer (RFC 9110, RFC 9112), whatever both are about. The path of a
 * request, fields and arguments that are read in several places, chunks of a body, the version that a request is meant for; answers
 * whose body is known as a whole, their dates and lengths, and the one shape of errors. It knows no connection, no turn, no route and
 * no setting, and holds nothing of one request when the next one comes.
 */
@NullMarked
package offload.http.message;

import org.jspecify.annotations.NullMarked;
