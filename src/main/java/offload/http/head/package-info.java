/**
 * Inside {@code http}: the head of a request, from its first byte to its last field, and what must be done for the web server to read
 * it as it should. It owns what is no head at all, methods in small letters, CONNECT, heads in HTTP/1.0, how large heads may be and what memory
 * they take; and it answers what is refused there, which no route gets to see. What it learns of a connection it tells that connection.
 */
@NullMarked
package offload.http.head;

import org.jspecify.annotations.NullMarked;
