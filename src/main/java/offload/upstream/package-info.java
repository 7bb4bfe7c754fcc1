/** Floor 2. The seam to whoever answers chat completions. */
@NullMarked
package offload.upstream;

import org.jspecify.annotations.NullMarked;
