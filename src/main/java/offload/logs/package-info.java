/** Floor 0. How the server's log and the access log look: one line each time, text or JSON, on standard error. */
@NullMarked
package offload.logs;

import org.jspecify.annotations.NullMarked;
