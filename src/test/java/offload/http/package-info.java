/** Tests of the front door's parts. */
@NullMarked
package offload.http;

import org.jspecify.annotations.NullMarked;
