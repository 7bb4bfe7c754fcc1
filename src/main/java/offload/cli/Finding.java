package offload.cli;

/**
 * What a check found.
 *
 * @param grade how bad it is
 * @param about what was looked at, a word or two
 * @param said what was seen
 * @param fix what to do; empty where nothing is to be done
 */
record Finding(Grade grade, String about, String said, String fix) {

    /** How bad it is. */
    enum Grade {
        GOOD,
        WARNING,
        BAD
    }

    static Finding good(String about, String said) {
        return new Finding(Grade.GOOD, about, said, "");
    }

    static Finding warning(String about, String said, String fix) {
        return new Finding(Grade.WARNING, about, said, fix);
    }

    static Finding bad(String about, String said, String fix) {
        return new Finding(Grade.BAD, about, said, fix);
    }
}
