/** Floor 0. Server-sent events after the WHATWG algorithm: bytes in, events out, and back. */
@NullMarked
package offload.sse;

import org.jspecify.annotations.NullMarked;
