/** Floor 6. The command line: what the operator asks of an installation, and the client on a terminal. */
@NullMarked
package offload.cli;

import org.jspecify.annotations.NullMarked;
