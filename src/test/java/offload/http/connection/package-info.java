/** Tests of who may connect, and of what a connection may do for how long. */
@NullMarked
package offload.http.connection;

import org.jspecify.annotations.NullMarked;
