/**
 * Inside {@code engine}: submissions that are repeated. It owns the claims on {@code Idempotency-Key}s and the answers that are
 * kept for them; one submission does the work, on all nodes, and it knows nothing of turns but what was answered.
 */
@NullMarked
package offload.engine.idempotency;

import org.jspecify.annotations.NullMarked;
