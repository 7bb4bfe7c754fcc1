/** Floor 0. The C library of Linux, for what the JDK has not. */
@NullMarked
package offload.libc;

import org.jspecify.annotations.NullMarked;
