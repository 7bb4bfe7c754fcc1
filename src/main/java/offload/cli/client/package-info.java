/**
 * Inside {@code cli}: the client on a terminal: turns of a server that runs, submitted, followed, shown and stopped over HTTP, as any
 * client does it. It knows no configuration and no file; where a server listens, it asks when nobody has named one.
 */
@NullMarked
package offload.cli.client;

import org.jspecify.annotations.NullMarked;
