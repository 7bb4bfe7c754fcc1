/** Addresses in every notation that gets past other parsers. */
@NullMarked
package offload.address;

import org.jspecify.annotations.NullMarked;
