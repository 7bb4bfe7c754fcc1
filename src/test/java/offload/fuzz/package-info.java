/**
 * What outsiders can send to the parsers. Each target takes bytes and throws where a promise is broken: Jazzer drives them
 * by {@code scripts/fuzz}, the suite by the kept corpora and their mutations.
 */
@NullMarked
package offload.fuzz;

import org.jspecify.annotations.NullMarked;
