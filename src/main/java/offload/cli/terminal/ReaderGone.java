package offload.cli.terminal;

/** Standard output takes no more: whoever read it has gone, as `head` does, or its device is full. */
public final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The exit code of a program that SIGPIPE ended, as a shell has it. */
    public static final int CODE = 141;
}
