package offload.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.YearMonth;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many requests each key made in each month: {@code PREFIX/yyyy-MM/NODE}, a decimal number in a file that only that
 * node writes; a key's usage is the sum over all nodes. A server has a new name at each start, so that there are as many
 * files as starts in that month: what has not changed is not read again. What else lies there counts for nobody. Any thread may
 * read; each file has one writer.
 */
public final class UsageFolder {
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])");

    private final Path folder;
    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(FileTime modified, @Nullable Object file, long count) {}

    /** The usage of the keys in {@code keysFolder}: in the folder {@code usage} beside it, which is made when there is some. */
    public UsageFolder(Path keysFolder) {
        this.folder = keysFolder.toAbsolutePath().normalize().resolveSibling("usage");
    }

    /** Requests per month over all nodes, oldest month first. Revoked keys keep theirs. */
    public SortedMap<YearMonth, Long> months(String prefix) throws IOException {
        SortedMap<YearMonth, Long> months = new TreeMap<>();
        for (String name : SmallFile.names(folder.resolve(prefix))) {
            if (MONTH.matcher(name).matches() && Files.isDirectory(folder.resolve(prefix, name))) {
                YearMonth month = YearMonth.parse(name);
                months.put(month, others(prefix, month, ""));
            }
        }
        return months;
    }

    /** What all nodes but {@code node} counted. */
    long others(String prefix, YearMonth month, String node) throws IOException {
        long sum = 0;
        for (String other : SmallFile.names(month(prefix, month))) {
            if (!other.equals(node)) {
                sum += lookAt(month(prefix, month).resolve(other));
            }
        }
        return sum;
    }

    /** What {@code node} counted; 0 if nothing yet. */
    long read(String prefix, YearMonth month, String node) throws IOException {
        return read(month(prefix, month).resolve(node));
    }

    private long lookAt(Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!now.isRegularFile()) {
                return 0;
            }
            Seen before = seen.get(file);
            if (before != null
                    && before.modified.equals(now.lastModifiedTime())
                    && Objects.equals(before.file, now.fileKey())) {
                return before.count;
            }
            long count = read(file);
            seen.put(file, new Seen(now.lastModifiedTime(), now.fileKey(), count));
            return count;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static long read(Path file) throws IOException {
        try {
            String text = Files.readString(file).strip();
            return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    void write(String prefix, YearMonth month, String node, long count) throws IOException {
        Path folderOfMonth = month(prefix, month);
        make(folderOfMonth);
        SmallFile.replace(folderOfMonth.resolve(node), count + "\n");
    }

    /**
     * Never what is around {@link #folder}: where that is out of sight, as a mount that was undone, what is made in its place
     * would be in the way of the next one, and the count be lost.
     */
    private void make(Path made) throws IOException {
        if (!Files.isDirectory(made)) {
            if (!made.equals(folder)) {
                make(Objects.requireNonNull(made.getParent()));
            }
            try {
                Files.createDirectory(made);
            } catch (FileAlreadyExistsException e) {
                // By another server in that moment.
            }
        }
    }

    private Path month(String prefix, YearMonth month) {
        return folder.resolve(prefix).resolve(month.toString());
    }
}
