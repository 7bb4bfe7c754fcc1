/** Floor 1. The nouns of the house: no file and no socket is touched here. */
@NullMarked
package offload.turn;

import org.jspecify.annotations.NullMarked;
