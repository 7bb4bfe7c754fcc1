package offload.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import offload.testing.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyUsageTest {
    private final SetClock clock = new SetClock("2026-11-23T10:00:00Z");

    @TempDir
    private Path data;

    @Test
    void usage_is_kept_across_restarts() throws Exception {
        String text;
        try (ServiceKeys before = node("a")) {
            text = operator().create(before, "one", 3L, null).text();
            before.admit(text);
            before.admit(text);
        }
        try (ServiceKeys after = node("a")) {
            assertInstanceOf(Admission.Admitted.class, after.admit(text));
            assertInstanceOf(Admission.OverQuota.class, after.admit(text));
        }
        assertEquals(Map.of(YearMonth.of(2026, 11), 3L), usageOf(text));
    }

    @Test
    void usage_without_a_quota_is_kept_across_restarts_too() throws Exception {
        String text;
        try (ServiceKeys before = node("a")) {
            text = operator().create(before, "one", null, null).text();
            before.admit(text);
        }
        try (ServiceKeys after = node("a")) {
            after.admit(text);
        }
        assertEquals(Map.of(YearMonth.of(2026, 11), 2L), usageOf(text));
    }

    @Test
    void what_another_node_counts_later_is_seen_each_time() throws Exception {
        try (ServiceKeys a = node("a");
                ServiceKeys b = node("b")) {
            String text = operator().create(a, "one", 4L, null).text();
            b.refresh();
            for (int times = 1; times <= 3; times++) {
                b.admit(text);
                b.flush();
                a.refresh();
                a.refresh();
                Admission.Admitted seen = assertInstanceOf(Admission.Admitted.class, a.admit(text));
                assertEquals(Integer.toString(3 - times), seen.headers().get("X-RateLimit-Requests-Remaining"));
                seen.undo();
            }
            b.admit(text);
            b.flush();
            a.refresh();
            assertInstanceOf(Admission.OverQuota.class, a.admit(text));
        }
    }

    /** The clock of a file system goes in steps: two writes within one of them differ by their files alone. */
    @Test
    void a_count_that_is_written_again_in_the_same_moment_or_in_place_is_seen() throws Exception {
        UsageFolder usage = new UsageFolder(data.resolve("keys"));
        YearMonth month = YearMonth.of(2026, 11);
        FileTime moment = FileTime.from(clock.instant());
        Path file = data.resolve("usage/ofl_a/2026-11/b");
        for (long count = 1; count <= 3; count++) {
            usage.write("ofl_a", month, "b", count);
            Files.setLastModifiedTime(file, moment);
            assertEquals(count, usage.others("ofl_a", month, "a"));
            assertEquals(count, usage.others("ofl_a", month, "a"));
        }
        Files.writeString(file, "7");
        assertEquals(7, usage.others("ofl_a", month, "a"));
    }

    @Test
    void what_a_crash_left_of_a_write_counts_for_nobody() throws Exception {
        UsageFolder usage = new UsageFolder(data.resolve("keys"));
        YearMonth month = YearMonth.of(2026, 11);
        usage.write("ofl_a", month, "b", 5);
        Files.writeString(data.resolve("usage/ofl_a/2026-11/.b.tmp"), "6\n");
        assertEquals(Map.of(month, 5L), usage.months("ofl_a"));
    }

    /** A link to nothing is found like a file that was removed in that moment. */
    @Test
    void a_count_that_is_no_number_or_is_gone_by_now_is_none_and_hides_no_other() throws Exception {
        UsageFolder usage = new UsageFolder(data.resolve("keys"));
        YearMonth month = YearMonth.of(2026, 11);
        usage.write("ofl_a", month, "b", 5);
        Files.writeString(data.resolve("usage/ofl_a/2026-11/c"), "many\n");
        Files.createSymbolicLink(data.resolve("usage/ofl_a/2026-11/d"), data.resolve("gone"));
        assertEquals(5, usage.others("ofl_a", month, "a"));
    }

    @Test
    void where_the_data_folder_is_out_of_sight_nothing_is_made_in_its_place_and_what_was_counted_is_kept()
            throws Exception {
        Path folder = Files.createDirectory(data.resolve("folder"));
        try (ServiceKeys keys = new ServiceKeys(folder.resolve("keys"), "a", clock)) {
            String text =
                    new Operator(folder, clock).create(keys, "one", null, null).text();
            keys.admit(text);
            Files.move(folder, data.resolve("away"));
            assertThrows(NoSuchFileException.class, keys::flush);
            assertFalse(Files.exists(folder));
            Files.move(data.resolve("away"), folder);
            keys.flush();
            Path usage = folder.resolve("usage").resolve(KeyText.prefixOf(text));
            assertEquals("1\n", Files.readString(usage.resolve("2026-11/a")));
        }
    }

    @Test
    void what_has_been_written_is_not_written_again() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, null).text();
            keys.admit(text);
            keys.flush();
            Path file = data.resolve("usage").resolve(KeyText.prefixOf(text)).resolve("2026-11/a");
            Files.delete(file);
            keys.flush();
            assertFalse(Files.exists(file));
            keys.admit(text);
            keys.flush();
            assertEquals("2\n", Files.readString(file));
        }
    }

    @Test
    void usage_of_several_nodes_adds_up() throws Exception {
        try (ServiceKeys a = node("a");
                ServiceKeys b = node("b")) {
            String text = operator().create(a, "one", 3L, null).text();
            b.refresh();
            a.admit(text);
            b.admit(text);
            b.admit(text);
            b.admit(text);
            a.flush();
            b.flush();
            a.refresh();
            Admission.OverQuota over = assertInstanceOf(Admission.OverQuota.class, a.admit(text));
            assertEquals(
                    "0", over.headers().get("X-RateLimit-Requests-Remaining"), "and no less, though overrun by one");
            assertEquals(Map.of(YearMonth.of(2026, 11), 4L), usageOf(text));
        }
    }

    @Test
    void usage_is_counted_by_month_also_without_a_quota_and_after_revocation() throws Exception {
        String text;
        try (ServiceKeys keys = node("a")) {
            text = operator().create(keys, "one", null, null).text();
            keys.admit(text);
            clock.set(Instant.parse("2026-12-01T00:00:00Z"));
            keys.admit(text);
            keys.admit(text);
            operator().revoke(keys, "one");
        }
        assertEquals(Map.of(YearMonth.of(2026, 11), 1L, YearMonth.of(2026, 12), 2L), usageOf(text));
    }

    @Test
    void usage_that_could_not_be_written_is_written_later() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, null).text();
            keys.admit(text);
            Path usage = data.resolve("usage");
            Files.writeString(usage, "in the way");
            assertThrows(IOException.class, keys::flush);
            Files.delete(usage);
            keys.flush();
            assertEquals(Map.of(YearMonth.of(2026, 11), 1L), usageOf(text));
        }
    }

    @Test
    void of_several_months_that_could_not_be_written_none_is_forgotten() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, null).text();
            keys.admit(text);
            clock.set(Instant.parse("2026-12-01T00:00:00Z"));
            keys.admit(text);
            Path usage = data.resolve("usage");
            Files.writeString(usage, "in the way");
            assertThrows(IOException.class, keys::flush);
            Files.delete(usage);
            keys.flush();
            assertEquals(Map.of(YearMonth.of(2026, 11), 1L, YearMonth.of(2026, 12), 1L), usageOf(text));
        }
    }

    @Test
    void usage_of_one_key_that_cannot_be_read_or_written_is_that_keys_affair() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String odd = operator().create(keys, "odd", 10L, null).text();
            String gone = operator().create(keys, "gone", null, null).text();
            // Whatever the order is in which they are looked at, some come after it.
            List<String> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                others.add(operator().create(keys, "other", 10L, null).text());
            }
            Files.createDirectories(data.resolve("usage"));
            Files.writeString(data.resolve("usage").resolve(KeyText.prefixOf(odd)), "in the way");
            new KeyFolder(data.resolve("keys"), clock).revoke("gone");
            assertThrows(IOException.class, keys::refresh);
            assertInstanceOf(Admission.Wrong.class, keys.admit(gone));
            keys.admit(odd);
            others.forEach(keys::admit);
            assertThrows(IOException.class, keys::flush);
            for (String other : others) {
                assertEquals(Map.of(YearMonth.of(2026, 11), 1L), usageOf(other));
            }
            Files.delete(data.resolve("usage").resolve(KeyText.prefixOf(odd)));
        }
    }

    private Operator operator() {
        return new Operator(data, clock);
    }

    private ServiceKeys node(String name) throws IOException {
        return new ServiceKeys(data.resolve("keys"), name, clock);
    }

    private Map<YearMonth, Long> usageOf(String text) throws IOException {
        return new UsageFolder(data.resolve("keys")).months(KeyText.prefixOf(text));
    }
}
