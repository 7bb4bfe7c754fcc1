/**
 * The server from outside, as clients, operators and whoever opens its data folder see it: the contract's cases, which
 * stand as data in {@code src/test/resources/contract}, and the answers that {@code openapi.json} promises.
 */
@NullMarked
package offload.e2e;

import org.jspecify.annotations.NullMarked;
