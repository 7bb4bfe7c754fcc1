package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import offload.turn.TurnPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who on the machine may look into the data folder, and where its folders lie. */
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

    /** A command may be run by root, and what root makes there in mode 0700 stops the server's start. */
    @Test
    void a_command_makes_no_folder_that_only_servers_need() throws Exception {
        DataFolder data = new DataFolder(folder);
        assertFalse(Files.exists(folder.resolve(".offload/deleted")));
        NodeFolder.create(data).close();
        assertEquals("rwx------", mode(".offload/deleted"));
    }

    @Test
    void the_seconds_of_a_minute_have_places_of_their_own_on_the_file_systems_that_know_the_mark() throws Exception {
        assumeTrue(Files.getFileStore(folder).type().startsWith("ext"), "has no such mark");
        DataFolder data = new DataFolder(folder);
        data.makeFolder(TurnPath.parse("pub/2026/03/01/23/59/58/turn").orElseThrow());
        assertEquals("T", mark("pub/2026/03/01/23/59"));
        assertEquals("", mark("pub/2026/03/01/23"));
        assertEquals("", mark("pub/2026/03/01/23/59/58"));
    }

    /** As {@code lsattr} shows it: whether there is a T among the flags. */
    private String mark(String name) throws Exception {
        boolean has = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(tools -> Files.isExecutable(Path.of(tools, "lsattr")));
        assumeTrue(has, "lsattr is missing: apt install e2fsprogs");
        Process lsattr = new ProcessBuilder("lsattr", "-d", folder.resolve(name).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(lsattr.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, lsattr.waitFor(), said);
        return said.substring(0, said.indexOf(' ')).replaceAll("[^T]", "");
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
