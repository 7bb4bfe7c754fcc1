package offload.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A soft limit of the process (getrlimit(2)), as {@code /proc/self/limits} tells it. Stateless. */
final class SoftLimit {
    private SoftLimit() {}

    /** That of this {@code name}; very much where there is none or the system does not tell, 0 where no file is left to ask by. */
    static long of(Path limits, String name) {
        try {
            for (String line : Files.readAllLines(limits)) {
                if (line.startsWith(name)) {
                    String soft = line.substring(name.length()).strip().split("\\s+", 2)[0];
                    return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
                }
            }
        } catch (IOException | NumberFormatException e) {
            if (String.valueOf(e.getMessage()).contains("Too many open files")) {
                return 0;
            }
            // Another system than Linux.
        }
        return Long.MAX_VALUE;
    }
}
