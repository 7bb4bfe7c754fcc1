/** Floor 3. Where everything lies in the data folder, whose it is, and how it is claimed, replaced and removed. */
@NullMarked
package offload.files;

import org.jspecify.annotations.NullMarked;
