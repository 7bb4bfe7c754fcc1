package offload.cli.terminal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the JDK throws, in words that say what to do. Stateless. */
public final class Faults {
    private Faults() {}

    /** {@code e} as a sentence. */
    public static String sentence(Throwable e) {
        Throwable cause = e.getCause() != null && e instanceof java.io.UncheckedIOException ? e.getCause() : e;
        return switch (cause) {
            case AccessDeniedException denied ->
                "no permission for " + denied.getFile() + ": run this as the user of the server";
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is there, and is no folder";
            case FileSystemException file ->
                file.getFile() + (file.getReason() == null ? " cannot be used" : ": " + file.getReason());
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
