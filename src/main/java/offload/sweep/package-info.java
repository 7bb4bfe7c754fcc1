/** Floor 0. The one timer of the server: deadlines, heartbeats and other things that are due. */
@NullMarked
package offload.sweep;

import org.jspecify.annotations.NullMarked;
