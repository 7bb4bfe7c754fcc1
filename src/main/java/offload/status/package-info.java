/** Floor 2. The status of a turn as a document: how its text is written, and what is read from it again. No file is touched here. */
@NullMarked
package offload.status;

import org.jspecify.annotations.NullMarked;
