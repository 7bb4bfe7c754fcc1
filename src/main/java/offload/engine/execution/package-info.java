/**
 * Inside {@code engine}: turns that run in this process, from their first files to their last writes, on threads of their own.
 * It owns what such a turn consists of in memory, and all that is appended to its log and written into its status. However a
 * turn ends, it is decided once, and what another node owns by now is not written to. What could not be written is kept until
 * it can be, and the end of a turn whose server is gone is written here as well, in the same words.
 */
@NullMarked
package offload.engine.execution;

import org.jspecify.annotations.NullMarked;
