package offload.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import offload.testing.SetClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {
    private final SetClock clock = new SetClock("2026-11-23T10:00:00Z");

    @TempDir
    private Path data;

    private KeyFolder keys;

    @BeforeEach
    void open() {
        keys = new KeyFolder(data.resolve("keys"), clock);
    }

    @Test
    void a_key_has_a_mark_and_forty_random_characters() throws Exception {
        String first = keys.create("one", null, null).text();
        String second = keys.create("two", null, null).text();
        assertTrue(first.matches("ofl_[0-9A-Za-z]{40}"), first);
        assertNotEquals(first, second);
    }

    @Test
    void only_the_hash_of_a_key_is_stored_and_only_its_owner_reads_it() throws Exception {
        KeyFolder.Created created = keys.create("cron", 1000L, 60);
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(created.text().getBytes(StandardCharsets.UTF_8));
        Path file = data.resolve("keys").resolve(created.key().prefix() + ".json");
        String text = Files.readString(file);
        assertTrue(text.contains(HexFormat.of().formatHex(digest)), text);
        assertFalse(text.contains(created.text().substring(12)), text);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of(file.getFileName().toString()), filesIn(data.resolve("keys")));
    }

    @Test
    void a_list_gives_back_what_was_created_oldest_first() throws Exception {
        ServiceKey first = keys.create("cron", 1000L, 60).key();
        clock.pass(Duration.ofSeconds(1));
        ServiceKey second = keys.create(null, null, null).key();
        assertEquals(second.prefix(), second.name());
        List<ServiceKey> created = new ArrayList<>(List.of(first, second));
        for (int i = 0; i < 6; i++) {
            clock.pass(Duration.ofSeconds(1));
            created.add(keys.create(null, null, null).key());
        }
        assertEquals(created, keys.content().keys());
    }

    @Test
    void a_link_in_the_place_of_what_is_written_is_not_followed() throws Exception {
        Path others = Files.writeString(data.resolve("others"), "theirs");
        Path file = data.resolve("file");
        Files.createSymbolicLink(data.resolve(".file.tmp"), others);
        SmallFile.replace(file, "ours");
        assertEquals("theirs", Files.readString(others));
        assertEquals("ours", Files.readString(file));
        assertFalse(Files.isSymbolicLink(file));
    }

    @Test
    void what_root_makes_belongs_to_whom_the_data_folder_belongs() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
        UserPrincipal server =
                data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(data, server);
        Path roots = Files.createTempDirectory("roots");
        Path link = Files.createSymbolicLink(data.resolve("link"), roots);
        SmallFile.own(link);
        assertEquals("root", Files.getOwner(roots).getName());
        Files.delete(roots);
        ServiceKey key = keys.create("web", null, null).key();
        Path folder = data.resolve("keys");
        assertEquals(server, Files.getOwner(folder));
        assertEquals(server, Files.getOwner(folder.resolve(key.prefix() + ".json")));
        keys.revoke("web");
        assertEquals(server, Files.getOwner(folder.resolve("revoked")));
    }

    @Test
    void a_damaged_file_is_told_and_hides_no_other_key_from_who_revokes_one() throws Exception {
        ServiceKey leaked = keys.create("leaked", null, null).key();
        ServiceKey stays = keys.create("stays", null, null).key();
        Path folder = data.resolve("keys");
        Path empty = Files.createFile(folder.resolve("ofl_aaaaaaaa.json"));
        Path other = Files.writeString(folder.resolve("ofl_bbbbbbbb.json"), "{\"name\":7}");
        Path binary = Files.write(folder.resolve("ofl_cccccccc.json"), new byte[] {(byte) 0xff, 0, 1});
        String good = Files.readString(folder.resolve(stays.prefix() + ".json"));
        Path part = Files.writeString(folder.resolve("ofl_dddddddd.json"), with(good, "\"quota_per_month\":1.5"));
        Path large =
                Files.writeString(folder.resolve("ofl_eeeeeeee.json"), with(good, "\"rate_per_minute\":4294967297"));
        assertEquals(List.of(empty, other, binary, part, large), keys.content().damaged());
        assertEquals(leaked, keys.revoke("leaked"));
        assertEquals(List.of(stays), keys.content().keys());
    }

    @Test
    void a_list_is_told_while_somebody_revokes() throws Exception {
        ServiceKey stays = keys.create("stays", null, null).key();
        Callable<Void> other = () -> {
            for (int i = 0; i < 100; i++) {
                keys.revoke(keys.create(null, null, null).text());
            }
            return null;
        };
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Void> revoking = thread.submit(other);
            while (!revoking.isDone()) {
                assertTrue(keys.content().keys().contains(stays));
            }
            revoking.get();
        }
    }

    @Test
    void a_key_is_revoked_by_name_by_part_of_its_prefix_or_by_itself() throws Exception {
        ServiceKey byName = keys.create("by name", null, null).key();
        ServiceKey byPrefix = keys.create("by prefix", null, null).key();
        KeyFolder.Created byItself = keys.create("by itself", null, null);
        assertEquals(byName, keys.revoke("by name"));
        assertEquals(byPrefix, keys.revoke(byPrefix.prefix().substring(0, 10)));
        assertEquals(byItself.key(), keys.revoke(byItself.text()));
        assertEquals(List.of(), keys.content().keys());
        assertEquals(3, filesIn(data.resolve("keys/revoked")).size());
    }

    @Test
    void an_ambiguous_name_revokes_nothing_and_names_the_choices() throws Exception {
        ServiceKey one = keys.create("twin", null, null).key();
        ServiceKey two = keys.create("twin", null, null).key();
        String message = assertThrows(KeyFault.class, () -> keys.revoke("twin")).toString();
        assertTrue(message.contains(one.prefix()) && message.contains(two.prefix()), message);
        assertThrows(KeyFault.class, () -> keys.revoke("ofl_"));
        assertEquals(2, keys.content().keys().size());
    }

    @Test
    void what_no_key_is_called_is_a_fault() throws Exception {
        keys.create("one", null, null);
        String message = assertThrows(KeyFault.class, () -> keys.revoke("two")).getMessage();
        assertEquals("There is no such key. See 'key list' for names and prefixes.", message);
        assertThrows(KeyFault.class, () -> keys.revoke(""));
    }

    @Test
    void names_and_limits_that_make_no_sense_are_refused() {
        for (String name : List.of("", " ", "a\nb", "x".repeat(65), "ofl_mine")) {
            assertThrows(KeyFault.class, () -> keys.create(name, null, null), name);
        }
        assertThrows(KeyFault.class, () -> keys.create("n", 0L, null));
        assertThrows(KeyFault.class, () -> keys.create("n", null, 0));
        assertThrows(KeyFault.class, () -> keys.create("n", null, -1));
    }

    @Test
    void the_longest_name_and_the_smallest_limits_are_taken() throws Exception {
        String longest = "\uD83D\uDD11".repeat(64);
        ServiceKey key = keys.create(longest, 1L, 1).key();
        assertEquals(List.of(key), keys.content().keys());
        assertEquals(longest, key.name());
    }

    private static String with(String key, String limit) {
        return key.replace("}", "," + limit + "}");
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
