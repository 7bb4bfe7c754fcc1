/**
 * Inside {@code http}: what HTTP says of any request and of any answer (RFC 9110), whatever both are about. Fields and arguments
 * that are read in several places, the version that a request is meant for, and answers whose body is known as a whole. It knows no
 * turn, no route and no setting, and holds nothing from one request to the next.
 */
@NullMarked
package offload.http.message;

import org.jspecify.annotations.NullMarked;
