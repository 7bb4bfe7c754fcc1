/** Floor 0. How much this process may have: descriptors, bytes in a file, places in the heap. */
@NullMarked
package offload.limits;

import org.jspecify.annotations.NullMarked;
