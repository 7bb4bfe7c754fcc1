/** Floor 6. The command line: what the operator asks of an installation; inside it, what a client asks of a server. */
@NullMarked
package offload.cli;

import org.jspecify.annotations.NullMarked;
