/** The files of {@code config/} for nginx, Caddy and HAProxy, each in the real program with real servers behind it. */
@NullMarked
package offload.proxies;

import org.jspecify.annotations.NullMarked;
