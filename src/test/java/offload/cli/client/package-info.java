/** Tests of the client on a terminal. */
@NullMarked
package offload.cli.client;

import org.jspecify.annotations.NullMarked;
