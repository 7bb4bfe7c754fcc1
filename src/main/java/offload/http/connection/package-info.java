/**
 * Inside {@code http}: one connection, from its acceptance to its last byte, whatever it is asked for. Who may connect and how
 * much each may hold, what is sent in HTTP/1.0 or is no request at all, and what the web server must be told around both.
 */
@NullMarked
package offload.http.connection;

import org.jspecify.annotations.NullMarked;
