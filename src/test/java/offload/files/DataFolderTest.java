package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import offload.disk.Folders;
import offload.turn.Access;
import offload.turn.TurnPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who on the machine may look into the data folder, and where its folders lie. */
class DataFolderTest {
    private static final TurnPath TURN = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");

    @TempDir
    Path folder;

    @Test
    void private_turns_are_closed_to_other_users_and_stay_as_the_operator_opened_them() throws Exception {
        NodeFolder.create(new DataFolder(folder)).close();
        assertEquals("rwxr-x---", mode("priv"));
        assertEquals("rwx------", mode(".offload"));
        assertEquals("rwx------", mode(".offload/deleted"));
        Files.setPosixFilePermissions(folder.resolve("priv"), PosixFilePermissions.fromString("rwxr-xr-x"));
        new DataFolder(folder);
        assertEquals("rwxr-xr-x", mode("priv"));
    }

    @Test
    void a_command_makes_no_folder_that_only_servers_need() throws Exception {
        DataFolder data = DataFolder.forCommand(folder.resolve("data"));
        assertEquals("rwx------", mode("data/.offload"));
        assertEquals(List.of(folder.resolve("data/.offload")), Folders.list(data.root()));
        assertEquals(List.of(), Folders.list(folder.resolve("data/.offload")));
    }

    @Test
    void what_a_command_of_root_makes_belongs_to_whom_the_folder_around_it_belongs() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give folders away");
        UserPrincipal server =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(folder, server);
        DataFolder.forCommand(folder.resolve("data"));
        assertEquals(server, Files.getOwner(folder.resolve("data")));
        assertEquals(server, Files.getOwner(folder.resolve("data/.offload")));
    }

    @Test
    void a_command_leaves_the_folder_of_a_server_to_its_owner() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give folders away");
        new DataFolder(folder);
        UserPrincipal server =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(folder.resolve(".offload"), server);
        DataFolder.forCommand(folder);
        assertEquals(server, Files.getOwner(folder.resolve(".offload")));
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

    @Test
    void nothing_is_made_in_the_place_of_a_data_folder_that_is_out_of_sight() throws Exception {
        Path mounted = folder.resolve("mounted");
        DataFolder data = new DataFolder(mounted);
        TurnPath path = TurnPath.parse("pub/2026/03/01/23/59/58/turn").orElseThrow();
        Files.move(mounted, folder.resolve("away"));
        Files.createDirectory(mounted);
        assertThrows(NoSuchFileException.class, () -> data.makeFolder(path));
        assertEquals(List.of(), Folders.list(mounted));
        Files.delete(mounted);
        Files.move(folder.resolve("away"), mounted);
        data.makeFolder(path);
        assertTrue(Files.isDirectory(mounted.resolve(path.folder())));
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

    /** Else a turn lies on a device that nothing is forced to, although it was answered. */
    @Test
    void a_folder_that_leads_to_another_device_is_known_to_who_forces_files_to_it() throws Exception {
        DataFolder data = new DataFolder(folder);
        data.device().syncAll(4);
        assumeTrue(data.device().syncAll(4), "each is forced by itself here anyway");
        Path memory = Files.createTempDirectory(Path.of("/dev/shm"), "offload");
        try {
            Files.createSymbolicLink(folder.resolve("pub"), memory);
            data.makeFolder(TURN);
            assertFalse(data.device().syncAll(4));
        } finally {
            Folders.remove(memory);
        }
    }

    @Test
    void a_folder_that_could_not_be_made_is_made_the_next_time() throws Exception {
        DataFolder data = new DataFolder(folder);
        Path wanted = folder.resolve(TURN.folder());
        Files.createDirectories(wanted.getParent());
        Files.createFile(wanted);
        assertThrows(IOException.class, () -> data.makeFolder(TURN));
        Files.delete(wanted);
        data.makeFolder(TURN);
        assertTrue(Files.isDirectory(wanted));
    }
}
