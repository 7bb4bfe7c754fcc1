package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventFormatTest {
    @Test
    void around_each_power_of_ten_the_id_is_the_offset_behind_its_own_digits() {
        for (long power = 10; power <= 100_000_000_000L; power *= 10) {
            for (long offset = Math.max(0, power - 60); offset <= power + 2; offset++) {
                for (int length = 1; length <= 40; length++) {
                    check(offset, length);
                }
            }
        }
    }

    private static void check(long offset, int length) {
        byte[] data = "d".repeat(length).getBytes(StandardCharsets.US_ASCII);
        int record = EventFormat.recordLength(offset, length);
        byte[] text = new byte[record];
        EventFormat.write(text, 0, offset, data, 0, length);
        String expected = "data: " + "d".repeat(length) + "\nid: " + (offset + record) + "\n\n";
        assertEquals(expected, new String(text, StandardCharsets.US_ASCII), "at " + offset);
        assertEquals(record, EventFormat.recordEnd(text, 0, record, offset));
        assertEquals(-1, EventFormat.recordEnd(text, 0, record - 1, offset));
        assertEquals(length, EventFormat.dataLength(record, offset + record));
    }

    @Test
    void neither_a_part_of_a_record_is_one_nor_what_has_no_data() {
        byte[] record = "data: {}\nid: 17\n\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals(17, EventFormat.recordEnd(record, 0, 17, 0));
        for (int to = 0; to < record.length; to++) {
            assertEquals(-1, EventFormat.recordEnd(Arrays.copyOf(record, to), 0, to, 0), "of " + to);
        }
        byte[] empty = "data: \nid: 15\n\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals(-1, EventFormat.recordEnd(empty, 0, empty.length, 0));
    }

    @Test
    void a_batch_has_room_for_the_chunk_around_it_whatever_its_length_is() {
        for (int length = 900; length < 1100; length++) {
            RecordBatch batch = new RecordBatch();
            batch.begin(0);
            batch.add(new byte[length], 0, length);
            String size = Integer.toHexString(batch.length());
            assertEquals(batch.length() + size.length() + 4, batch.chunk().remaining());
            assertEquals(batch.length() + size.length() + 9, batch.lastChunk().remaining());
        }
    }

    @Test
    void as_many_records_count_as_are_whole() {
        RecordBatch batch = new RecordBatch();
        batch.begin(0);
        byte[] data = "{}".getBytes(StandardCharsets.US_ASCII);
        batch.add(data, 0, 2);
        int first = batch.length();
        batch.add(data, 0, 2);
        for (int written = 0; written <= batch.length(); written++) {
            int whole = written < first ? 0 : written < batch.length() ? first : batch.length();
            assertEquals(whole, batch.wholeRecords(written), "after " + written);
        }
        assertTrue(first > 0);
    }
}
