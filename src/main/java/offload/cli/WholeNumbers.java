package offload.cli;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads whole numbers of the command line, and tells of what is none in plain words. Apart from {@link OffloadCommand}: a
 * plain start verifies that, and would load what is thrown here, which takes a descriptor where there may be none.
 */
final class WholeNumbers {
    private WholeNumbers() {}

    /** From now on {@code line} reads them so. */
    static void teach(CommandLine line) {
        line.registerConverter(Long.class, text -> number(text, Long.MAX_VALUE));
        line.registerConverter(Integer.class, text -> (int) number(text, Integer.MAX_VALUE));
    }

    private static long number(String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number <= most && number >= -most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new TypeConversionException("'" + text + "' is no whole number up to " + most);
    }
}
