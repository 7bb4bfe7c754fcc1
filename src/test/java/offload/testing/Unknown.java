package offload.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A name of which nobody can tell whether something is there: whoever follows it gets an error ({@code ELOOP}), as from a
 * device in trouble or a network that is away.
 */
public final class Unknown {
    private Unknown() {}

    /** Makes {@code path} one; delete it and it is free again. */
    public static Path at(Path path) throws IOException {
        return Files.createSymbolicLink(path, path);
    }
}
