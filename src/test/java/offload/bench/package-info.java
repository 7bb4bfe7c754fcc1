/**
 * The benchmark: a fake upstream and a load generator, one selector thread each in a process of its own, and what runs
 * them against Offload and, where they are installed, its peers. {@code scripts/bench} starts it; it is no test. The
 * gates are tests: they count what noise does not move.
 */
@NullMarked
package offload.bench;

import org.jspecify.annotations.NullMarked;
