/** Tests of answers that are put together from their chunks. */
@NullMarked
package offload.answer;

import org.jspecify.annotations.NullMarked;
