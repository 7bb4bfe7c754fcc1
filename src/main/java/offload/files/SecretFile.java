package offload.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import offload.disk.Folders;

/** The server's secret, from which all tokens are derived: 32 random bytes, hexadecimal, mode 0600, made once. */
public final class SecretFile {
    private static final int BYTES = 32;
    private static final int MOST_LOOKS = 50;
    private static final long PAUSE_NANOS = 20_000_000;

    private SecretFile() {}

    /** Reads the secret of {@code data}, making it where there is none; of several first starts one wins for all. */
    public static byte[] readOrMake(DataFolder data) throws IOException {
        Path file = data.secret();
        if (!Files.exists(file)) {
            make(file);
        }
        String hex = read(file);
        // Where there are no hard links it is copied to its place, by another server perhaps, and just now.
        for (int look = 0; look < MOST_LOOKS && hex.length() < BYTES * 2; look++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            hex = read(file);
        }
        if (hex.length() < BYTES * 2 || !hex.matches("([0-9a-f]{2})+")) {
            throw new IOException("the secret in " + file + " is damaged: restore it from a backup, or remove it, which"
                    + " revokes the tokens of all private turns");
        }
        return HexFormat.of().parseHex(hex);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    private static void make(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = Files.createTempFile(file.getParent(), "secret", ".new", mode);
        try {
            Files.writeString(draft, HexFormat.of().formatHex(secret) + "\n", StandardCharsets.US_ASCII);
            Folders.sync(draft);
            Folders.linkOrCopy(file, draft);
            // A copy has not been forced by the draft's sync, as a further name of it has.
            Folders.sync(file);
            Folders.syncName(file);
        } catch (FileAlreadyExistsException e) {
            // Another node was first: its secret counts.
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
