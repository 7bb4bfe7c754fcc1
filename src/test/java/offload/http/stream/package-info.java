/** Tests of what a turn answers at its URLs. */
@NullMarked
package offload.http.stream;

import org.jspecify.annotations.NullMarked;
