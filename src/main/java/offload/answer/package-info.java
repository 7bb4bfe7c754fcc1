/**
 * Floor 2. What an upstream said, live and from a log alike: chunks are put together to the completion that they are parts of, and
 * errors are told in our words and without the caller's key.
 */
@NullMarked
package offload.answer;

import org.jspecify.annotations.NullMarked;
