/** Single calls over real sockets. */
@NullMarked
package offload.webhook.call;

import org.jspecify.annotations.NullMarked;
