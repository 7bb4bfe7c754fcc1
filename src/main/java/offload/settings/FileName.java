package offload.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of files and folders as operators write them. Stateless. */
public final class FileName {
    private FileName() {}

    /** The path called {@code text}; an {@link IllegalArgumentException}, which says why, where there can be none. */
    public static Path of(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "\"" + text
                            + "\" cannot be the name of a file or folder here; for other letters than those of ASCII"
                            + " the process needs a UTF-8 locale, such as LC_ALL=C.UTF-8",
                    e);
        }
    }
}
