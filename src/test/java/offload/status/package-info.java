/** Tests of what is read from a status again. */
@NullMarked
package offload.status;

import org.jspecify.annotations.NullMarked;
