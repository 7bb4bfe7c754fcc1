/** The lines of the server's log, and who reads them. */
@NullMarked
package offload.logs;

import org.jspecify.annotations.NullMarked;
