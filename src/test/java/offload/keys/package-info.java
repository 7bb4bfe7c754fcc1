/** Keys, quotas and rates on real files, as one process or several see them. */
@NullMarked
package offload.keys;

import org.jspecify.annotations.NullMarked;
