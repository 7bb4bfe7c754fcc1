/** The words that the service manager hears. */
@NullMarked
package offload.systemd;

import org.jspecify.annotations.NullMarked;
