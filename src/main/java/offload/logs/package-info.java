/** Floor 0. How the event log and the access log look: one line an event, text or JSON, on standard error. */
@NullMarked
package offload.logs;

import org.jspecify.annotations.NullMarked;
