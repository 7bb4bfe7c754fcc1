package offload.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many requests each key made in each month: {@code PREFIX/yyyy-MM/NODE}, a decimal number in a file that only that
 * node writes; a key's usage is the sum over all nodes. Any thread may read; each file has one writer.
 */
public final class UsageFolder {
    private final Path folder;

    /** The usage in {@code folder}, which is made when there is some. */
    public UsageFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Requests per month over all nodes, oldest month first. Revoked keys keep theirs. */
    public SortedMap<YearMonth, Long> months(String prefix) throws IOException {
        SortedMap<YearMonth, Long> months = new TreeMap<>();
        for (String month : SmallFile.names(folder.resolve(prefix))) {
            YearMonth parsed = YearMonth.parse(month);
            months.put(parsed, others(prefix, parsed, ""));
        }
        return months;
    }

    /** What all nodes but {@code node} counted. */
    long others(String prefix, YearMonth month, String node) throws IOException {
        long sum = 0;
        for (String other : SmallFile.names(month(prefix, month))) {
            if (!other.equals(node)) {
                sum += read(prefix, month, other);
            }
        }
        return sum;
    }

    /** What {@code node} counted; 0 if nothing yet. */
    long read(String prefix, YearMonth month, String node) throws IOException {
        try {
            String text = Files.readString(month(prefix, month).resolve(node)).strip();
            return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    void write(String prefix, YearMonth month, String node, long count) throws IOException {
        Path folderOfMonth = month(prefix, month);
        Files.createDirectories(folderOfMonth);
        SmallFile.replace(folderOfMonth.resolve(node), count + "\n");
    }

    private Path month(String prefix, YearMonth month) {
        return folder.resolve(prefix).resolve(month.toString());
    }
}
