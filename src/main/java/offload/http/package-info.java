/**
 * Floor 5. The only room that knows the web server: one route per file. Here is what all of it hangs on: every URL, who is let in,
 * how URLs look from outside, submissions, and what is answered when a route throws. Rooms inside it have the rest, and know nothing
 * of this one.
 */
@NullMarked
package offload.http;

import org.jspecify.annotations.NullMarked;
