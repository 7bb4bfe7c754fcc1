package offload.cli;

/** Whoever read standard output has gone, as `head` does: nothing is left to print, and nothing to tell. */
final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The exit code of a program that SIGPIPE ended, as a shell has it. */
    static final int CODE = 141;
}
