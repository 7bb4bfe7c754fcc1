package offload.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.testing.Until;

/** How many threads a process may have: a control group of its own, which only root can make, and not everywhere. */
final class TaskLimit implements AutoCloseable {
    private final Path group;

    private TaskLimit(Path group) {
        this.group = group;
    }

    /** Skips the test where there can be none. Close it after the process that it takes. */
    static TaskLimit need() throws IOException {
        Path first = Path.of("/sys/fs/cgroup/pids");
        Path parent = Files.isDirectory(first) ? first : Path.of("/sys/fs/cgroup");
        assumeTrue(Files.isWritable(parent), "no control group can be made");
        TaskLimit limit;
        try {
            limit = new TaskLimit(Files.createTempDirectory(parent, "offload-test-"));
        } catch (IOException e) {
            assumeTrue(false, "no control group can be made: " + e);
            throw e;
        }
        boolean limits = Files.isWritable(limit.file("pids.max"));
        if (!limits) {
            limit.close();
        }
        assumeTrue(limits, "control groups do not limit threads here");
        return limit;
    }

    private Path file(String name) {
        return group.resolve(name);
    }

    /** From now on the process has as many threads as it may have. */
    void freeze(long pid) throws IOException {
        Files.writeString(file("cgroup.procs"), Long.toString(pid));
        Files.writeString(file("pids.max"), Files.readString(file("pids.current")));
    }

    @Override
    public void close() {
        Until.holds("no process is left in " + group, () -> group.toFile().delete());
    }
}
