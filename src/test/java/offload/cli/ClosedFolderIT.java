package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that somebody else than the server's user runs. */
class ClosedFolderIT {
    /** Root, but for what lets it into the folders of others. */
    private static final String LOST = "-dac_override,-dac_read_search";

    private static final List<String> SOMEBODY = List.of("setpriv", "--bounding-set=" + LOST, "--inh-caps=" + LOST);

    @TempDir
    Path folder;

    @BeforeEach
    void needRoot() {
        assumeTrue(isRoot(), "only root can be somebody else");
    }

    private static boolean isRoot() {
        try {
            return OffloadProcess.runUnder(SOMEBODY, Map.of(), "--version").code() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** It would pass for an empty one, in which all is sound. */
    @ParameterizedTest
    @ValueSource(strings = {"data", "data/on/a/device"})
    void a_folder_that_may_not_be_entered_is_told_so(String name) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name));
        Path closed = folder.resolve("data");
        Files.setOwner(
                closed, closed.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> variables = Map.of("OFFLOAD_DATA_DIR", data.toString(), "OFFLOAD_UPSTREAM_URL", "embedded");
        for (String command : List.of("verify", "key list", "check")) {
            Result result = OffloadProcess.runUnder(SOMEBODY, variables, command.split(" "));
            assertEquals(1, result.code(), command + result.out());
            String told = command.equals("check") ? result.out() : result.err();
            assertTrue(told.contains("run this as the user of the server"), command + told);
            assertFalse(told.contains("does not exist") || told.contains("there is no folder"), command + told);
        }
    }
}
