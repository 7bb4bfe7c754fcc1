/** Inside {@code http}: events on their way to readers, from the log to the socket, with and without the web server. */
@NullMarked
package offload.http.stream;

import org.jspecify.annotations.NullMarked;
