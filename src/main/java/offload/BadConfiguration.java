package offload;

import java.util.List;
import offload.cli.terminal.CommandFault;

/** Settings that cannot be started with; the message names every fault: the key, the value and what is allowed. */
public final class BadConfiguration extends Exception {
    private static final long serialVersionUID = 1;

    /** All {@code faults} at once. */
    public BadConfiguration(List<String> faults) {
        super("the configuration is not usable:\n  " + String.join("\n  ", faults));
    }

    /** The same as commands tell it. */
    CommandFault asFault() {
        return new CommandFault(String.valueOf(getMessage()), CommandFault.UNUSABLE);
    }
}
