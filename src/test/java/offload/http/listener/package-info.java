/** Tests of the port. */
@NullMarked
package offload.http.listener;

import org.jspecify.annotations.NullMarked;
