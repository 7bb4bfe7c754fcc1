/**
 * Inside {@code cli}: what all commands have, whatever they do: where they read and print, whether people or scripts read that, and
 * how they fail, in a sentence and with an exit code.
 */
@NullMarked
package offload.cli.terminal;

import org.jspecify.annotations.NullMarked;
