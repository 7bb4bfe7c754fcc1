/**
 * Real peers for tests, on loopback sockets: a scripted upstream, raw HTTP and event-stream clients that show every byte,
 * a certification authority made on the spot, and the one place that polls. Nothing here knows the product.
 */
@NullMarked
package offload.testing;

import org.jspecify.annotations.NullMarked;
