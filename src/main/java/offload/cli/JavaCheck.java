package offload.cli;

import java.util.Optional;

/** Looks at the Java that runs this: some updates have faults by which a server can stand still. */
public final class JavaCheck {
    private static final String ABOUT = "java";

    private JavaCheck() {}

    static Finding of(Runtime.Version version) {
        return fault(version)
                .map(said -> Finding.warning(ABOUT, said, "install the newest update of Java " + version.feature()))
                .orElseGet(() -> Finding.good(ABOUT, version.toString()));
    }

    /**
     * What is wrong with {@code version}, in a sentence. By JDK-8369227 a virtual thread that waited with a limit, and then
     * without one, may not be woken again; it came with 25, and 25.0.3, 26.0.1 and 27 have it mended.
     */
    public static Optional<String> fault(Runtime.Version version) {
        int mended = switch (version.feature()) {
            case 25 -> 3;
            case 26 -> 1;
            default -> 0;
        };
        return version.interim() > 0 || version.update() >= mended
                ? Optional.empty()
                : Optional.of("Java " + version
                        + " may leave a virtual thread asleep for ever (JDK-8369227), so that a turn, a"
                        + " reader or the whole server stands still; " + version.feature() + ".0." + mended
                        + " has that mended");
    }
}
