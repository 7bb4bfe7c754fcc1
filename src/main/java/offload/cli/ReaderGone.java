package offload.cli;

/** Standard output takes no more: whoever read it has gone, as `head` does, or its device is full. */
final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The exit code of a program that SIGPIPE ended, as a shell has it. */
    static final int CODE = 141;
}
