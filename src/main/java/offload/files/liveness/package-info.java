/**
 * Inside {@code files}: whether a node lives. It owns the lock, the heartbeat and the name of kernel and mount in a node's folder, and
 * judges by those of the others which are dead. It makes no folder, renames none and removes none.
 */
@NullMarked
package offload.files.liveness;

import org.jspecify.annotations.NullMarked;
