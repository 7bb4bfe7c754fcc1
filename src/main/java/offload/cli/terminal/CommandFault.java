package offload.cli.terminal;

/** Why a command was not carried out, in a sentence for who gave it; printed without a stack trace, and the exit code. */
public final class CommandFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The command failed. */
    public static final int FAILED = 1;

    /** What was asked for cannot be: the command line or the configuration is wrong. */
    public static final int UNUSABLE = 2;

    private final int code;

    /** Fails with {@link #FAILED}. */
    public CommandFault(String message) {
        this(message, FAILED);
    }

    /** Fails with {@code code}. */
    public CommandFault(String message, int code) {
        super(message);
        this.code = code;
    }

    /** The exit code. */
    public int code() {
        return code;
    }
}
