/** Connections of the client towards the upstream, and what the tests of the room around need of them. */
@NullMarked
package offload.upstream.openai.connection;

import org.jspecify.annotations.NullMarked;
