package offload.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import offload.sweep.Failures;
import offload.testing.LoggedLines;
import offload.testing.SetClock;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceKeysTest {
    private final SetClock clock = new SetClock("2026-11-23T10:00:00Z");

    @TempDir
    private Path data;

    @Test
    void without_any_key_everybody_is_let_in() throws Exception {
        try (ServiceKeys keys = node("a")) {
            assertInstanceOf(Admission.Open.class, keys.admit(null));
            assertInstanceOf(Admission.Open.class, keys.admit("whatever"));
            assertFalse(keys.anyKnown());
        }
    }

    @Test
    void with_a_key_only_its_holder_is_let_in() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, null).text();
            assertTrue(keys.anyKnown());
            assertInstanceOf(Admission.Missing.class, keys.admit(null));
            assertInstanceOf(Admission.Missing.class, keys.admit(""));
            assertInstanceOf(Admission.Wrong.class, keys.admit(text + "x"));
            assertInstanceOf(Admission.Wrong.class, keys.admit(text.substring(0, 43)));
            Admission.Admitted admitted = assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            assertEquals("one", admitted.key().name());
            assertEquals(Map.of(), admitted.headers());
        }
    }

    @Test
    void revoking_the_last_key_does_not_open_the_doors() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, null).text();
            operator().revoke(keys, "one");
            assertInstanceOf(Admission.Wrong.class, keys.admit(text));
            assertInstanceOf(Admission.Missing.class, keys.admit(null));
        }
        try (ServiceKeys later = node("a")) {
            assertTrue(later.anyKnown());
            assertInstanceOf(Admission.Missing.class, later.admit(null));
        }
    }

    @Test
    void a_file_that_holds_no_key_admits_nobody_and_closes_the_doors() throws Exception {
        Files.createDirectories(data.resolve("keys"));
        Files.writeString(data.resolve("keys/ofl_broken00.json"), "{}");
        try (LoggedLines log = LoggedLines.of(KeyWatch.class);
                ServiceKeys keys = node("a")) {
            keys.refresh();
            assertEquals(1, log.all().size(), log::toString);
            assertInstanceOf(Admission.Missing.class, keys.admit(null));
            assertInstanceOf(Admission.Wrong.class, keys.admit("ofl_broken00"));
        }
    }

    /** Else a copy of a key, as editors leave it, would be in force when the key is revoked. */
    @Test
    void what_has_another_ending_is_no_key() throws Exception {
        try (ServiceKeys keys = node("a")) {
            KeyFolder.Created created = operator().create(keys, "one", null, null);
            Path file = data.resolve("keys").resolve(created.key().prefix() + ".json");
            Files.copy(file, file.resolveSibling(file.getFileName() + "~"));
            operator().revoke(keys, "one");
            assertInstanceOf(Admission.Wrong.class, keys.admit(created.text()));
            assertEquals(
                    new KeyFolder.Content(List.of(), List.of()), new KeyFolder(data.resolve("keys"), clock).content());
        }
    }

    /** A folder stands for what another user owns: tests may run as one who can read everything. */
    @Test
    void a_file_that_cannot_be_read_admits_nobody_and_hides_no_other_key() throws Exception {
        Files.createDirectories(data.resolve("keys/ofl_foreign0.json"));
        try (ServiceKeys keys = node("a")) {
            assertInstanceOf(Admission.Missing.class, keys.admit(null));
            String text = new KeyFolder(data.resolve("keys"), clock)
                    .create("one", null, null)
                    .text();
            keys.refresh();
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
            keys.refresh();
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
        }
    }

    /** What is no text stands for what another user owns. A change of the owner leaves no trace in a file's time. */
    @Test
    void a_key_whose_file_cannot_be_read_stays_as_it_was_and_is_tried_each_time_and_told_of_once() throws Exception {
        try (LoggedLines log = LoggedLines.of(KeyWatch.class);
                ServiceKeys keys = node("a")) {
            KeyFolder.Created created = operator().create(keys, "one", null, null);
            Path file = data.resolve("keys").resolve(created.key().prefix() + ".json");
            byte[] readable = Files.readAllBytes(file);
            FileTime moment = FileTime.from(clock.instant());
            Files.write(file, new byte[] {(byte) 0xff});
            Files.setLastModifiedTime(file, moment);
            keys.refresh();
            keys.refresh();
            assertInstanceOf(Admission.Admitted.class, keys.admit(created.text()));
            assertEquals(1, log.all().size(), log::toString);
            try (ServiceKeys later = node("b")) {
                assertInstanceOf(Admission.Wrong.class, later.admit(created.text()));
                assertEquals(2, log.all().size(), log::toString);
                Files.write(file, readable);
                Files.setLastModifiedTime(file, moment);
                later.refresh();
                assertInstanceOf(Admission.Admitted.class, later.admit(created.text()));
            }
        }
    }

    /** A link to nothing is found like a file that was removed in that moment. */
    @Test
    void a_key_that_is_gone_when_its_file_is_looked_at_hides_no_other() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, null).text();
            Files.createSymbolicLink(data.resolve("keys/ofl_gone0000.json"), data.resolve("gone"));
            keys.refresh();
            assertInstanceOf(Admission.Admitted.class, keys.admit(text));
        }
    }

    @Test
    void a_running_server_sees_what_another_process_creates_and_revokes() throws Exception {
        try (ServiceKeys server = node("a")) {
            server.start();
            KeyFolder commandLine = new KeyFolder(data.resolve("keys"), clock);
            String text = commandLine.create("one", null, null).text();
            Until.holds("the key is seen", () -> server.admit(text) instanceof Admission.Admitted);
            commandLine.revoke("one");
            Until.holds("the revocation is seen", () -> server.admit(text) instanceof Admission.Wrong);
        }
    }

    @Test
    void what_keeps_usage_from_being_written_is_told() throws Exception {
        try (LoggedLines log = LoggedLines.of(Failures.class);
                ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, null).text();
            Path usage = Files.createFile(data.resolve("usage"));
            keys.admit(text);
            keys.start();
            Until.holds("it is told", () -> log.all().toString().contains("service-keys: java.nio.file."));
            Files.delete(usage);
        }
    }

    /** Else a crash loses more than the last second's. */
    @Test
    void what_was_counted_is_written_also_where_something_is_in_the_way_of_reading() throws Exception {
        try (ServiceKeys keys = node("a")) {
            String text = operator().create(keys, "one", null, null).text();
            String odd = operator().create(keys, "odd", 10L, null).text();
            Path inTheWay = Files.createDirectories(data.resolve("usage")).resolve(KeyText.prefixOf(odd));
            Files.writeString(inTheWay, "in the way");
            keys.admit(text);
            assertThrows(IOException.class, keys::keepUp);
            UsageFolder usage = new UsageFolder(data.resolve("keys"));
            assertEquals(Map.of(YearMonth.of(2026, 11), 1L), usage.months(KeyText.prefixOf(text)));
        }
    }

    @Test
    void a_changed_limit_is_seen_by_the_next_look() throws Exception {
        try (ServiceKeys keys = node("a")) {
            KeyFolder.Created created = operator().create(keys, "one", 1L, null);
            assertInstanceOf(Admission.Admitted.class, keys.admit(created.text()));
            assertInstanceOf(Admission.OverQuota.class, keys.admit(created.text()));
            Path file = data.resolve("keys").resolve(created.key().prefix() + ".json");
            SmallFile.replace(file, Files.readString(file).replace("\"quota_per_month\":1", "\"quota_per_month\":2"));
            keys.refresh();
            assertInstanceOf(Admission.Admitted.class, keys.admit(created.text()));
        }
    }

    @Test
    void a_limit_changed_by_an_editor_is_seen_whether_it_writes_the_file_or_a_new_one_in_the_same_moment()
            throws Exception {
        try (ServiceKeys keys = node("a")) {
            KeyFolder.Created created = operator().create(keys, "one", 1L, null);
            Path file = data.resolve("keys").resolve(created.key().prefix() + ".json");
            FileTime moment = Files.getLastModifiedTime(file);
            String text = Files.readString(file);
            SmallFile.replace(file, text.replace("month\":1", "month\":2"));
            Files.setLastModifiedTime(file, moment);
            keys.refresh();
            assertEquals(2L, quotaOf(keys, created.text()));
            Files.writeString(file, text.replace("month\":1", "month\":3"));
            Files.setLastModifiedTime(file, FileTime.from(moment.toInstant().plusSeconds(1)));
            keys.refresh();
            assertEquals(3L, quotaOf(keys, created.text()));
        }
    }

    private static Long quotaOf(ServiceKeys keys, String text) {
        return assertInstanceOf(Admission.Admitted.class, keys.admit(text))
                .key()
                .quotaPerMonth();
    }

    private Operator operator() {
        return new Operator(data, clock);
    }

    private ServiceKeys node(String name) throws IOException {
        return new ServiceKeys(data.resolve("keys"), name, clock);
    }
}
