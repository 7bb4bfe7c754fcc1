/**
 * Inside {@code upstream.openai}: connections, from a host's name to bytes in both directions. Names, TCP, TLS and whom it
 * trusts, one time limit over all of them, and what is opened ahead. It knows no request and no answer; {@code Connections} is
 * the door, and who gets a connection from there closes it.
 */
@NullMarked
package offload.upstream.openai.connection;

import org.jspecify.annotations.NullMarked;
