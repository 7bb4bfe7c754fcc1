/** Tests of how the heads of requests are read. */
@NullMarked
package offload.http.head;

import org.jspecify.annotations.NullMarked;
