/** Where settings come from, and what is said of those that cannot be used. */
@NullMarked
package offload.settings;

import org.jspecify.annotations.NullMarked;
