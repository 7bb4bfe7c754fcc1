/** Floor 2. The embedded sample upstream, served over real HTTP on loopback. */
@NullMarked
package offload.upstream.sample;

import org.jspecify.annotations.NullMarked;
