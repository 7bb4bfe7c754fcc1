/** Floor 3. The only room that knows names and bytes in the data folder. */
@NullMarked
package offload.files;

import org.jspecify.annotations.NullMarked;
