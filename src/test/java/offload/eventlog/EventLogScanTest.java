package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogScanTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void each_record_is_given_once_and_in_its_order_however_long_it_is() throws Exception {
        List<String> records = new ArrayList<>();
        for (int length : new int[] {1, 65_500, 70_000, 2, 65_536, 300_000, 131_072, 3}) {
            for (int more = 0; more < 12; more++) {
                records.add("x".repeat(length + more));
                add(records.getLast());
            }
        }
        int answer = written.size();
        add("[DONE]");
        List<String> seen = new ArrayList<>();
        EventLogScan scan = scan(seen);
        assertEquals(records, seen);
        assertEquals(answer, scan.answerEnd());
        assertEquals(written.size(), scan.offset());
        assertTrue(scan.isDone());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(written.toByteArray());
        assertEquals(HexFormat.of().formatHex(digest), scan.sha256());
    }

    @Test
    void nothing_counts_behind_the_end() throws Exception {
        add("{}");
        add("[DONE]");
        int end = written.size();
        add("{\"late\":1}");
        List<String> seen = new ArrayList<>();
        EventLogScan scan = scan(seen);
        assertEquals(List.of("{}"), seen);
        assertEquals(end, scan.offset());
        assertTrue(scan.isDone());
    }

    private void add(String data) {
        RecordBatch batch = new RecordBatch();
        batch.begin(written.size());
        batch.add(data.getBytes(StandardCharsets.US_ASCII), 0, data.length());
        written.write(batch.bytes(), batch.start(), batch.length());
    }

    private EventLogScan scan(List<String> seen) throws Exception {
        Path log = Files.write(folder.resolve("log.txt"), written.toByteArray());
        return EventLogScan.of(
                log, (data, from, length) -> seen.add(new String(data, from, length, StandardCharsets.US_ASCII)));
    }
}
