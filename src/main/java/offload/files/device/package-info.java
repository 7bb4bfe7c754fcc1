/** How what was written reaches the device, and what Linux can do with files and the JDK cannot. */
@NullMarked
package offload.files.device;

import org.jspecify.annotations.NullMarked;
