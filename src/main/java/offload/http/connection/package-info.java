/**
 * Inside {@code http}: connections, from their acceptance to their last byte, whatever is sent on them. Who may connect, how many there
 * may be, what each is doing and for how long it may, and how it is closed so that the last answer arrives. It knows no request: who
 * reads heads and who answers say what has begun and what is over.
 */
@NullMarked
package offload.http.connection;

import org.jspecify.annotations.NullMarked;
