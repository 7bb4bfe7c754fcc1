package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import offload.disk.DeviceSync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogWriterTest {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final String LARGE = "x".repeat(500_000);

    @TempDir
    Path folder;

    /** The limit on files, and not a full device: it ends a write in the middle of it, and needs no mount. */
    @Test
    void of_a_write_that_fails_in_the_middle_the_whole_records_stay_and_the_log_goes_on_behind_them() throws Exception {
        assumeTrue(Files.isExecutable(PRLIMIT), "nothing here sets a limit");
        Path file = Files.createFile(folder.resolve("log.txt"));
        try (EventLogWriter writer = new EventLogWriter(file, new DeviceSync(folder))) {
            writer.append(batch(writer.position(), "first"));
            RecordBatch torn = batch(writer.position(), LARGE, LARGE, LARGE);
            String before = limit("--output=SOFT", "--noheadings", "--fsize");
            limit("--fsize=" + (1 << 20) + ":");
            try {
                assertThrows(IOException.class, () -> writer.append(torn));
            } finally {
                limit("--fsize=" + before + ":");
            }
            assertEquals(writer.position(), Files.size(file));
            writer.append(batch(writer.position(), "last"));
            List<String> seen = new ArrayList<>();
            EventLogScan.of(
                    file, (data, from, length) -> seen.add(new String(data, from, length, StandardCharsets.UTF_8)));
            assertEquals(List.of("first", LARGE, LARGE, "last"), seen);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            assertEquals(HexFormat.of().formatHex(digest), writer.digest());
        }
    }

    private static RecordBatch batch(long offset, String... records) {
        RecordBatch batch = new RecordBatch();
        batch.begin(offset);
        for (String record : records) {
            batch.add(record.getBytes(StandardCharsets.UTF_8), 0, record.length());
        }
        return batch;
    }

    private static String limit(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                PRLIMIT.toString(), "--pid", "" + ProcessHandle.current().pid()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertEquals(0, process.waitFor());
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
