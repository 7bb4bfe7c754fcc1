package offload.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where commands read and print. What scripts want goes to {@link #out}, what people want to know besides to {@link #err}.
 * Colours only where a person looks at them.
 *
 * @param in what is piped in
 * @param out answers
 * @param err progress and faults
 * @param isOutShown whether {@code out} is a terminal
 * @param isErrShown whether {@code err} is a terminal
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean isOutShown, boolean isErrShown) {
    private static final String RESET = "\033[0m";

    /** The controls of ISO 6429 in one byte and in two: some terminals obey U+009B as they obey ESC and a bracket. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\n\t]]");

    /** That of this process. */
    public static Terminal ofProcess() {
        return new Terminal(System.in, System.out, System.err, isTerminal(1), isTerminal(2));
    }

    /** Whether this process prints for another one, which may go when it has enough. */
    public boolean isOutPiped() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().matches("(pipe|socket):.*");
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** The JDK only says whether all three streams are terminals together. */
    @SuppressWarnings("SystemConsoleNull") // Null where the JDK was cut down to fewer modules.
    private static boolean isTerminal(int descriptor) {
        try {
            Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return device.startsWith("/dev/pts") || device.toString().matches("/dev/(tty|console).*");
        } catch (IOException | RuntimeException e) {
            return System.console() != null && System.console().isTerminal();
        }
    }

    /** {@code text} of others for {@code out}: a model must not be able to command the reader's terminal. */
    public String shown(String text) {
        return isOutShown ? harmless(text) : text;
    }

    /** {@code json} for {@code out}: on a terminal the controls that JSON allows in its strings are escaped, which means the same. */
    public String shownJson(String json) {
        return isOutShown ? CONTROL.matcher(json).replaceAll(Terminal::escaped) : json;
    }

    private static String escaped(MatchResult control) {
        return "\\\\u%04x".formatted((int) control.group().charAt(0));
    }

    /** A fault. */
    public void fault(@Nullable String message) {
        err.println(told("offload: " + message));
    }

    /** Whoever put it into words: faults and progress have what servers say in them. */
    private String told(String text) {
        return isErrShown ? harmless(text) : text;
    }

    private static String harmless(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    private static boolean isColourWanted() {
        return System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }

    /** {@code text} as good news. */
    public String good(String text) {
        return coloured("\033[32m", text);
    }

    /** {@code text} as bad news. */
    public String bad(String text) {
        return coloured("\033[31m", text);
    }

    /** {@code text} as what matters less. */
    public String faint(String text) {
        return coloured("\033[2m", text);
    }

    private String coloured(String code, String text) {
        return isOutShown && isErrShown && isColourWanted() ? code + text + RESET : text;
    }

    /** The same for whoever has nothing to print. */
    public Terminal silent() {
        return new Terminal(in, new PrintStream(OutputStream.nullOutputStream()), err, false, isErrShown);
    }

    /** A line for people. */
    public void tell(String line) {
        err.println(faint(told(line)));
        err.flush();
    }

    /** Replaces the line of progress, where somebody looks at it. */
    public void progress(String line) {
        if (isErrShown) {
            err.print("\r\033[K" + faint(told(line)));
            err.flush();
        }
    }
}
