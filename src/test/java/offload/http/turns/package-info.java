/** Tests of what a turn answers at its URLs. */
@NullMarked
package offload.http.turns;

import org.jspecify.annotations.NullMarked;
