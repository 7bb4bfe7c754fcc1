/**
 * Floor 1. What file systems ask of who writes to them and do to who reads: how names and bytes reach the device, which files are plain,
 * which are stale, and what Linux can do with them and the JDK cannot. Whose files they are is not known here.
 */
@NullMarked
package offload.disk;

import org.jspecify.annotations.NullMarked;
