package offload.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import offload.turn.TurnPath;

/** A path that is taken is the very text that was given, and leads to a file below the data folder. */
public final class PathTarget {
    private static final Path DATA = Path.of("/data");

    private PathTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<TurnPath> found = TurnPath.parse(text);
        found.ifPresent(path -> check(text, path));
        TurnPath.parseMarker(text).ifPresent(path -> check(path.relative(), path));
    }

    private static void check(String text, TurnPath path) {
        Path file = DATA.resolve(path.relative() + ".json");
        boolean below = file.normalize().equals(file) && file.startsWith(DATA) && file.getNameCount() == 9;
        boolean same = path.relative().equals(text)
                && TurnPath.parseMarker(path.marker()).equals(Optional.of(path));
        if (!below || !same) {
            throw new AssertionError("this path must not be taken: " + text);
        }
    }
}
