/**
 * Inside {@code http}: what a turn answers at its URLs, one route per file: its status, its events, its raw answer, its webhook,
 * its stop and its deletion. It owns who is let to a private turn, and when the proxy in front sends a file itself. Where the URLs lie,
 * and what is answered when a route throws, is not its matter.
 */
@NullMarked
package offload.http.turns;

import org.jspecify.annotations.NullMarked;
