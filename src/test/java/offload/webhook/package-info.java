/** Webhooks over real sockets and real files, with a clock that is set. */
@NullMarked
package offload.webhook;

import org.jspecify.annotations.NullMarked;
