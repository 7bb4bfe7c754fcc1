/** Floor 5. The only room that knows the web server: one route per file. */
@NullMarked
package offload.http;

import org.jspecify.annotations.NullMarked;
