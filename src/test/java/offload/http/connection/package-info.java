/** Tests of what one connection may hold, and for how long. */
@NullMarked
package offload.http.connection;

import org.jspecify.annotations.NullMarked;
