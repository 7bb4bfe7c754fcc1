package offload.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import offload.disk.Folders;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.files.NodeLayout;
import offload.turn.Access;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/** Removes whole days that are older than the operator wants to keep; never a day with an active turn. For one thread. */
public final class Retention {
    private static final Logger LOG = System.getLogger(Retention.class.getName());

    /** More than clocks are corrected by in an hour. */
    private static final long MOST_DRIFT_MILLIS = 600_000;

    private final DataFolder data;
    private final int days;
    private final InstantSource clock;
    private long lastWall;
    private long lastNanos;

    /** Keeps {@code days} whole days besides today; 0 keeps everything. */
    public Retention(DataFolder data, int days) {
        this(data, days, InstantSource.system());
    }

    Retention(DataFolder data, int days, InstantSource clock) {
        this.data = data;
        this.days = days;
        this.clock = clock;
    }

    /** What the server does every hour: as {@link #run}, but not right after the clock has jumped. */
    void round() throws IOException {
        long wall = clock.millis();
        long passed = (System.nanoTime() - lastNanos) / 1_000_000;
        boolean jumped = lastWall != 0 && Math.abs(wall - lastWall - passed) > MOST_DRIFT_MILLIS;
        lastWall = wall;
        lastNanos = System.nanoTime();
        if (jumped && days != 0) {
            LOG.log(Level.WARNING, "the clock has jumped: retention waits for its next round");
        } else {
            run();
        }
    }

    /** Removes what is too old today; how many day folders that were. */
    public int run() throws IOException {
        if (days == 0) {
            return 0;
        }
        LocalDate firstKept =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(days);
        Set<Path> active = activeDays();
        int removed = 0;
        for (Access access : Access.values()) {
            for (Path day : days(data.tree(access))) {
                LocalDate date = dateOf(day);
                if (date != null && date.isBefore(firstKept) && !active.contains(day)) {
                    removed += remove(day) ? 1 : 0;
                }
            }
        }
        return removed;
    }

    private boolean remove(Path day) {
        LOG.log(Level.INFO, "retention removes " + data.root().relativize(day));
        try {
            Folders.remove(day);
            Path month = Objects.requireNonNull(day.getParent());
            if (removedEmpty(month)) {
                removedEmpty(Objects.requireNonNull(month.getParent()));
            }
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "retention could not remove all of " + day + ", for now: " + e);
            return false;
        }
    }

    /** Removes a folder that holds nothing; false where it holds something. */
    private static boolean removedEmpty(Path folder) throws IOException {
        return Folders.list(folder).isEmpty() && Files.deleteIfExists(folder);
    }

    private static List<Path> days(Path tree) throws IOException {
        List<Path> days = List.of(tree);
        for (int level = 0; level < 3; level++) {
            List<Path> next = new ArrayList<>();
            for (Path folder : days) {
                Folders.list(folder).stream()
                        .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                        .forEach(next::add);
            }
            days = next;
        }
        return days;
    }

    private static @Nullable LocalDate dateOf(Path day) {
        int names = day.getNameCount();
        try {
            return LocalDate.parse(
                    day.getName(names - 3) + "-" + day.getName(names - 2) + "-" + day.getName(names - 1));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Looks twice: a folder that is claimed during the first look may move from where that still comes to where it was. */
    private Set<Path> activeDays() throws IOException {
        Set<Path> active = new HashSet<>();
        for (int look = 0; look < 2; look++) {
            for (Path node : Folders.list(data.nodes())) {
                addActive(node, active);
            }
        }
        return active;
    }

    private void addActive(Path node, Set<Path> active) throws IOException {
        for (Path marker : Folders.list(new NodeLayout(node).active())) {
            String name = String.valueOf(marker.getFileName()).replace(NodeFolder.CLAIMING, "");
            TurnPath.parseMarker(name).ifPresent(path -> active.add(dayOf(path)));
        }
        for (Path claimed : Folders.list(new NodeLayout(node).claims())) {
            addActive(claimed, active);
        }
    }

    private Path dayOf(TurnPath path) {
        Path second = Path.of(path.folder());
        return data.root().resolve(second.subpath(0, second.getNameCount() - 3));
    }
}
