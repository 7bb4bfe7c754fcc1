/** Numbers and their text, judged by Prometheus's own tool. */
@NullMarked
package offload.metrics;

import org.jspecify.annotations.NullMarked;
