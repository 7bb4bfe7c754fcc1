/** The hot pieces alone, by JMH: {@code scripts/bench micro}. Nanoseconds of a busy machine compare with each other only. */
@NullMarked
package offload.bench.micro;

import org.jspecify.annotations.NullMarked;
