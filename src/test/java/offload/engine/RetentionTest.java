package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.testing.LoggedLines;
import offload.testing.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/MM/dd");

    /** It stands: else midnight may come between the making of the folders and the look at them. */
    private final SetClock clock = new SetClock("2026-03-01T23:59:59Z");

    @TempDir
    Path folder;

    @Test
    void whole_days_go_and_never_one_with_a_turn_that_runs() throws Exception {
        DataFolder data = new DataFolder(folder);
        Path old = turn("pub", 40);
        Path hidden = turn("priv", 3);
        Path kept = turn("pub", 2);
        Path running = turn("pub", 5);
        Path claimed = turn("pub", 6);
        Path nodes = folder.resolve(".offload/nodes");
        mark(nodes.resolve("n/active"), running);
        mark(nodes.resolve("n/claims/dead/active"), claimed);
        Path claiming = turn("pub", 7);
        Files.createFile(nodes.resolve("n/active").resolve(marker(claiming) + NodeFolder.CLAIMING));
        Path stray = Files.writeString(folder.resolve("pub/stray.txt"), "not a day");
        assertEquals(2, new Retention(data, 2, clock).run());
        assertFalse(Files.exists(old));
        assertFalse(Files.exists(hidden));
        assertTrue(Files.exists(kept));
        assertTrue(Files.exists(running));
        assertTrue(Files.exists(claimed));
        assertTrue(Files.exists(claiming));
        assertTrue(Files.exists(stray));
        assertEquals(0, new Retention(data, 2, clock).run());
    }

    @Test
    void the_folders_of_months_and_years_go_with_their_last_day() throws Exception {
        Path twoYearsAgo = turn("pub", 730);
        Path lastYear = turn("pub", 70);
        Path running = turn("pub", 69);
        mark(folder.resolve(".offload/nodes/n/active"), running);
        assertEquals(2, new Retention(new DataFolder(folder), 2, clock).run());
        assertFalse(Files.exists(twoYearsAgo));
        assertFalse(Files.exists(folder.resolve("pub/2024")));
        assertFalse(Files.exists(lastYear));
        assertTrue(Files.exists(running));
        Files.delete(folder.resolve(".offload/nodes/n/active/" + marker(running)));
        assertEquals(1, new Retention(new DataFolder(folder), 2, clock).run());
        assertFalse(Files.exists(folder.resolve("pub/2025")));
        assertTrue(Files.exists(folder.resolve("pub")));
    }

    /** Years that were moved to another device, for example: what lies there is the operator's. */
    @ParameterizedTest
    @ValueSource(strings = {"pub/2025", "pub/2025/12", "pub/2025/12/01", "pub/2025/12/01/10"})
    void nothing_behind_a_link_is_removed(String link) throws Exception {
        Path old = Files.createDirectories(folder.resolve("pub/2025/12/01/10/11/12"));
        Files.writeString(old.resolve("t.json"), "{}");
        Path linked = folder.resolve(link);
        Path moved = Files.move(linked, folder.resolve("elsewhere"));
        Files.createSymbolicLink(linked, moved);
        new Retention(new DataFolder(folder), 2, clock).run();
        Path below = linked.relativize(old).resolve("t.json");
        assertTrue(Files.exists(moved.resolve(below)));
    }

    /** Else all that is too old stays for ever. */
    @Test
    void what_is_no_day_stays_and_keeps_no_day_that_is_too_old() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("pub/2025/13/notes/mine"));
        Path old = turn("pub", 40);
        assertEquals(1, new Retention(new DataFolder(folder), 2, clock).run());
        assertTrue(Files.exists(odd));
        assertFalse(Files.exists(old));
    }

    @Test
    void a_day_that_cannot_be_removed_keeps_no_other() throws Exception {
        Path busy = Objects.requireNonNull(turn("priv", 41).getParent());
        Path before = turn("priv", 42);
        Path after = turn("priv", 40);
        int status = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", busy.toString());
        assumeTrue(status == 0, "a tmpfs cannot be mounted: that needs root");
        try {
            assertEquals(2, new Retention(new DataFolder(folder), 2, clock).run());
        } finally {
            run("umount", "-l", busy.toString());
        }
        assertFalse(Files.exists(before));
        assertFalse(Files.exists(after));
        assertEquals(1, new Retention(new DataFolder(folder), 2, clock).run());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    @Test
    void none_is_removed_where_everything_is_kept() throws Exception {
        Path old = turn("pub", 4_000);
        assertEquals(0, new Retention(new DataFolder(folder), 0, clock).run());
        assertTrue(Files.exists(old));
    }

    /** One that is set wrong by a month, and put right soon, would take the month with it. */
    @Test
    void in_the_round_after_the_clock_has_jumped_nothing_is_removed() throws Exception {
        Path turn = turn("pub", 1);
        Retention retention = new Retention(new DataFolder(folder), 2, clock);
        Path old = turn("pub", 3);
        retention.round();
        assertFalse(Files.exists(old), "the first round");
        clock.pass(Duration.ofDays(30));
        retention.round();
        assertTrue(Files.exists(turn));
        clock.pass(Duration.ofDays(-30));
        retention.round();
        retention.round();
        assertTrue(Files.exists(turn));
        clock.pass(Duration.ofDays(30));
        retention.round();
        retention.round();
        assertFalse(Files.exists(turn));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, -11})
    void a_jump_of_more_than_ten_minutes_has_it_wait_for_one_round(long minutes) throws Exception {
        Retention retention = new Retention(new DataFolder(folder), 2, clock);
        retention.round();
        Path old = turn("pub", 4);
        clock.pass(Duration.ofMinutes(minutes));
        retention.round();
        assertTrue(Files.exists(old));
        retention.round();
        assertFalse(Files.exists(old));
    }

    @Test
    void where_everything_is_kept_nobody_is_told_of_a_jump() throws Exception {
        try (LoggedLines log = LoggedLines.of(Retention.class)) {
            for (int days = 0; days <= 1; days++) {
                Retention retention = new Retention(new DataFolder(folder), days, clock);
                retention.round();
                clock.pass(Duration.ofDays(1));
                retention.round();
                assertEquals(days, log.all().size(), log::toString);
            }
        }
    }

    private Path turn(String access, int daysAgo) throws Exception {
        String day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .minusDays(daysAgo)
                .format(DAY);
        Path second = Files.createDirectories(folder.resolve(access + "/" + day + "/10/11/12"));
        return Files.writeString(second.resolve("t.json"), "{}");
    }

    private void mark(Path active, Path turn) throws Exception {
        Files.createDirectories(active);
        Files.createFile(active.resolve(marker(turn)));
    }

    private String marker(Path turn) {
        return folder.relativize(turn).toString().replace(".json", "").replace('/', '-');
    }
}
