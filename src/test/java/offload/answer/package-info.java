/** Tests of answers that are put together from their chunks, and of errors. */
@NullMarked
package offload.answer;

import org.jspecify.annotations.NullMarked;
