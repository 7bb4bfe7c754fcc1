/** The command line as its users run it: real processes against a real server. */
@NullMarked
package offload.cli;

import org.jspecify.annotations.NullMarked;
