/** Floor 2. The event log of a turn: how a record looks, who appends, who follows while it grows, who reads and repairs it later. */
@NullMarked
package offload.eventlog;

import org.jspecify.annotations.NullMarked;
