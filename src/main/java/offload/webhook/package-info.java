/** Floor 2. Delivery of final statuses to the caller's own address: the outbox, and when each is tried; call is inside it. */
@NullMarked
package offload.webhook;

import org.jspecify.annotations.NullMarked;
