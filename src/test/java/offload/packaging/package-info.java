/** The Debian package and the systemd unit, as who installs them meets them. */
@NullMarked
package offload.packaging;

import org.jspecify.annotations.NullMarked;
