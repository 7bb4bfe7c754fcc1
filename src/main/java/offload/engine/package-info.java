/** Floor 4. The life of a turn, from submission to its last write, and what a dead node left. */
@NullMarked
package offload.engine;

import org.jspecify.annotations.NullMarked;
