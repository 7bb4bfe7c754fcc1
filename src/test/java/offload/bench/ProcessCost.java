package offload.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What processes have cost so far, from {@code /proc} (proc(5)): processor time of a process and its children that live,
 * resident memory, and how busy the whole machine was.
 */
final class ProcessCost {
    private static final double TICKS_PER_SECOND = 100;

    private ProcessCost() {}

    /** Seconds of processor time, user and system, of {@code pid} and its children. */
    static double seconds(long pid) throws IOException {
        double sum = own(pid);
        for (long child : children(pid)) {
            sum += own(child);
        }
        return sum;
    }

    private static double own(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static List<Long> children(long pid) throws IOException {
        Path file = Path.of("/proc/" + pid + "/task/" + pid + "/children");
        return Stream.of(Files.readString(file).strip().split(" "))
                .filter(word -> !word.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    /** Resident megabytes of {@code pid} and its children. */
    static double residentMb(long pid) throws IOException {
        double sum = resident(pid);
        for (long child : children(pid)) {
            sum += resident(child);
        }
        return sum;
    }

    private static double resident(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
        }
    }

    /** Seconds that all processors of the machine were busy. */
    static double machineSeconds() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
        long busy = Long.parseLong(fields[1])
                + Long.parseLong(fields[2])
                + Long.parseLong(fields[3])
                + Long.parseLong(fields[6])
                + Long.parseLong(fields[7]);
        return busy / TICKS_PER_SECOND;
    }
}
