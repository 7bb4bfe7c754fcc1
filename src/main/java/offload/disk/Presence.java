package offload.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import offload.libc.SystemWords;

/**
 * Whether there is something under a name, for those who give up what is not there. The JDK's own question
 * ({@code Files.exists}) is answered with no as well where nobody can know: by a device in trouble, for a stale handle of
 * a network, behind a folder that may not be entered. Who only must not give up too early asks {@code Files.notExists}.
 * Stateless; any thread.
 */
public final class Presence {
    private Presence() {}

    /**
     * Whether {@code path} leads to something; links are followed. A missing name, the usual case, costs no exception.
     *
     * @throws IOException where that cannot be found out
     */
    public static boolean of(Path path) throws IOException {
        try {
            return FreshLook.at(() -> isThere(path));
        } catch (IOException e) {
            if (Words.NO_FOLDER.areIn(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isThere(Path path) throws IOException {
        return path.getFileSystem().provider().readAttributesIfExists(path, BasicFileAttributes.class) != null;
    }

    /** Asked for when a look has failed: most servers never need them. */
    private static final class Words {
        static final SystemWords NO_FOLDER = SystemWords.of(20, "Not a directory");
    }
}
