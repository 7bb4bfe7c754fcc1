/**
 * Floor 0. Server-sent events after the WHATWG algorithm (https://html.spec.whatwg.org/multipage/server-sent-events.html):
 * bytes in, events out, without a String for each event.
 */
@NullMarked
package offload.sse;

import org.jspecify.annotations.NullMarked;
