package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import offload.disk.Folders;
import offload.files.DataFolder;
import offload.testing.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    @TempDir
    Path folder;

    /** As retention removes days, and callers their turns. */
    @Test
    void what_goes_while_it_is_looked_at_is_no_fault_and_fails_nothing() throws Exception {
        DataFolder data = new DataFolder(folder);
        Path day = folder.resolve("pub/2026/03/01");
        FutureTask<?> removing = new FutureTask<>(() -> {
            for (int i = 0; i < 150; i++) {
                Path second = Files.createDirectories(day.resolve("23/59/58"));
                for (int j = 0; j < 5; j++) {
                    Files.createFile(second.resolve(j + ".stop"));
                }
                Folders.remove(day);
            }
            return null;
        });
        Thread.ofPlatform().start(removing);
        while (!removing.isDone()) {
            assertEquals(List.of(), Verification.of(data).faults());
        }
        removing.get();
    }

    @Test
    void a_status_that_is_too_large_for_the_memory_is_told_and_the_others_are_looked_at() throws Exception {
        Path second = Files.createDirectories(folder.resolve("pub/2026/03/01/23/59/58"));
        try (RandomAccessFile large =
                new RandomAccessFile(second.resolve("a.json").toFile(), "rw")) {
            large.setLength(Runtime.getRuntime().maxMemory() / 2);
        }
        Files.writeString(second.resolve("b.json"), "{");
        List<Verification.Fault> faults =
                Verification.of(new DataFolder(folder)).faults();
        assertEquals(2, faults.size());
        assertTrue(faults.getFirst().toString().contains("a.json: is too large for the memory"), faults.toString());
        assertTrue(faults.getLast().toString().contains("b.json: is no whole status"), faults.toString());
    }

    @Test
    void one_of_a_kind_is_told_as_one() throws Exception {
        Path second = Files.createDirectories(folder.resolve("pub/2026/03/01/23/59/58"));
        Files.writeString(second.resolve("a.json"), "{");
        assertEquals("1 turn, of which 0 are running: 1 fault", lastLine());
        Files.writeString(second.resolve("b.json"), "{");
        assertEquals("2 turns, of which 0 are running: 2 faults", lastLine());
    }

    private String lastLine() throws IOException {
        return Verification.of(new DataFolder(folder)).lines().getLast();
    }

    /** As in a copy of a folder that servers were at work in: with a wait for each it took an hour for five thousand. */
    @Test
    void however_many_turns_are_left_over_none_is_waited_for_by_itself() throws Exception {
        Path second = Files.createDirectories(folder.resolve("pub/2026/03/01/23/59/58"));
        for (int i = 0; i < 200; i++) {
            Files.writeString(
                    second.resolve(i + ".json"),
                    "{\"status\":\"streaming\",\"endpoints\":{\"status_url\":\"a.json\"}}");
        }
        Verification.Report report =
                assertTimeout(Duration.ofSeconds(30), () -> Verification.of(new DataFolder(folder)));
        assertEquals(200, report.faults().size());
    }

    @Test
    void the_remedy_for_what_is_left_over_can_be_copied_into_a_shell_whatever_the_folder_is_called() throws Exception {
        DataFolder data = new DataFolder(folder.resolve("it's my `data` $HOME"));
        Path second = Files.createDirectories(data.root().resolve("pub/2026/03/01/23/59/58"));
        Files.writeString(
                second.resolve("a.json"), "{\"status\":\"streaming\",\"endpoints\":{\"status_url\":\"a.json\"}}");
        String remedy = Verification.of(data).faults().getFirst().remedy();
        String command = remedy.substring(remedy.indexOf("mkdir"));
        assertEquals(0, new ProcessBuilder("sh", "-c", command).start().waitFor(), command);
        assertTrue(Files.exists(data.nodes().resolve("left/active/pub-2026-03-01-23-59-58-a")), command);
        assertEquals(List.of(), Verification.of(data).faults());
        // What root makes where the server runs as another user that one could neither claim nor start with.
        assertTrue(command.endsWith("/.offload/nodes'") && command.contains(" && chown -R --reference="), command);
    }

    /** A folder in the place of a log or a status, and a link in that of a status, which no server reads. */
    @Test
    void a_file_that_cannot_be_read_is_a_fault_like_any_other_and_hides_none() throws Exception {
        Path second = Files.createDirectories(folder.resolve("pub/2026/03/01/23/59/58"));
        Files.createDirectories(second.resolve("a.txt"));
        Files.writeString(
                second.resolve("a.json"),
                "{\"status\":\"done\",\"endpoints\":{\"status_url\":\"a.json\"},\"events\":{\"offset\":1}}");
        Files.writeString(second.resolve("b.json"), "{\"status\":\"done\",");
        Files.createSymbolicLink(second.resolve("c.json"), second.resolve("b.json"));
        Files.createDirectory(second.resolve("d.json"));
        Files.createFile(second.resolve("d.txt"));
        Files.createSymbolicLink(second.resolve("e.json"), Path.of("nowhere"));
        List<Verification.Fault> faults =
                Verification.of(new DataFolder(folder)).faults();
        assertEquals(
                List.of(
                        "pub/2026/03/01/23/59/58/a.txt",
                        "pub/2026/03/01/23/59/58/b.json",
                        "pub/2026/03/01/23/59/58/c.json",
                        "pub/2026/03/01/23/59/58/d.json",
                        "pub/2026/03/01/23/59/58/e.json"),
                faults.stream().map(Verification.Fault::path).toList());
        assertEquals("cannot be read: it is no plain file", faults.getFirst().what());
        assertEquals("cannot be read: it is no plain file", faults.getLast().what());
    }

    @Test
    void a_year_that_moved_to_another_place_and_left_a_link_is_looked_through() throws Exception {
        Path moved = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(
                Files.createDirectories(moved.resolve("03/01/23/59/58")).resolve("a.json"), "{");
        Files.createSymbolicLink(Files.createDirectories(folder.resolve("pub")).resolve("2026"), moved);
        List<Verification.Fault> faults =
                Verification.of(new DataFolder(folder)).faults();
        assertEquals(
                List.of("pub/2026/03/01/23/59/58/a.json"),
                faults.stream().map(Verification.Fault::path).toList());
    }

    /** Its turns are on a device that is not mounted, say: of none of them can it be said that it is sound. */
    @Test
    void a_link_in_the_place_of_a_folder_that_leads_nowhere_is_a_fault() throws Exception {
        Files.createSymbolicLink(Files.createDirectories(folder.resolve("pub")).resolve("2026"), Path.of("nowhere"));
        Unknown.at(folder.resolve("pub/2027"));
        Files.createSymbolicLink(folder.resolve("priv"), folder.resolve("nowhere"));
        List<Verification.Fault> faults =
                Verification.of(DataFolder.seen(folder)).faults();
        assertEquals(
                List.of("priv", "pub/2026", "pub/2027"),
                faults.stream().map(Verification.Fault::path).toList());
    }
}
