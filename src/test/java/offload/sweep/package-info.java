/** What the one timer and its rounds tell. */
@NullMarked
package offload.sweep;

import org.jspecify.annotations.NullMarked;
