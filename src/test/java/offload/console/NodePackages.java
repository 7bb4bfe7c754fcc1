package offload.console;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import offload.testing.Programs;

/** Installs what a {@code package-lock.json} pins, once for each content of that file. */
final class NodePackages {
    private NodePackages() {}

    /** Does nothing where the same was installed before; skips the tests where the packages cannot be fetched. */
    static void install(Path folder) {
        Path lock = folder.resolve("package-lock.json");
        Path installed = folder.resolve("node_modules/installed-lock.json");
        try {
            if (Files.exists(installed) && Arrays.equals(Files.readAllBytes(installed), Files.readAllBytes(lock))) {
                return;
            }
            if (!Programs.runs("npm", "--prefix", folder.toString(), "ci", "--no-fund", "--no-audit")) {
                abort("skipped: `npm ci` in " + folder + " failed: npm is missing, or the packages cannot be fetched");
            }
            Files.copy(lock, installed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
