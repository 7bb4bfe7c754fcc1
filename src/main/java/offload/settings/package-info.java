/** Floor 0. Reads settings of any keys from a file, the environment and files of secrets, and names every fault. */
@NullMarked
package offload.settings;

import org.jspecify.annotations.NullMarked;
