/** The rules of the house, checked on the sources: floors, lengths, names, the configuration's manual, the documents. */
@NullMarked
package offload.house;

import org.jspecify.annotations.NullMarked;
