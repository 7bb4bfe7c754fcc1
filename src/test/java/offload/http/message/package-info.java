/** Tests of what HTTP says of any message. */
@NullMarked
package offload.http.message;

import org.jspecify.annotations.NullMarked;
