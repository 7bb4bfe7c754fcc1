/** Floor 2. What an upstream answered, put together: chunks become the completion that they are parts of, live and from a log alike. */
@NullMarked
package offload.answer;

import org.jspecify.annotations.NullMarked;
