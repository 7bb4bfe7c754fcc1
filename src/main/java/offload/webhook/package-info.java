/** Floor 2. Delivery of final statuses to the caller's own address. */
@NullMarked
package offload.webhook;

import org.jspecify.annotations.NullMarked;
