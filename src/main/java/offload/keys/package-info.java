/** Floor 2. Service keys, their quotas and rates. */
@NullMarked
package offload.keys;

import org.jspecify.annotations.NullMarked;
