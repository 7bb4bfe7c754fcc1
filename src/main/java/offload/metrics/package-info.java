/** Floor 0. Numbers that grow and fall, and the text in which Prometheus reads them. */
@NullMarked
package offload.metrics;

import org.jspecify.annotations.NullMarked;
