/** Tests of the calls of the C library. */
@NullMarked
package offload.libc;

import org.jspecify.annotations.NullMarked;
