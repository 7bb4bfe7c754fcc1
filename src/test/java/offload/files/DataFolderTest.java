package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who on the machine may look into the data folder. */
class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void private_turns_are_closed_to_other_users_and_stay_as_the_operator_opened_them() throws Exception {
        new DataFolder(folder);
        assertEquals("rwxr-x---", mode("priv"));
        assertEquals("rwx------", mode(".offload"));
        Files.setPosixFilePermissions(folder.resolve("priv"), PosixFilePermissions.fromString("rwxr-xr-x"));
        new DataFolder(folder);
        assertEquals("rwxr-xr-x", mode("priv"));
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
