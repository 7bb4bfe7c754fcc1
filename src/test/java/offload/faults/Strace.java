package offload.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offload.testing.Until;

/** strace, attached to a running server: it makes system calls fail, or kills the process at one. Linux only. */
final class Strace implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Strace(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Whether there is a strace that may attach to our own processes. */
    private static boolean isUsable() {
        try {
            Process process = new ProcessBuilder("strace", "-qq", "-e", "trace=none", "true").start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Skips a test that needs it where there is none. */
    static void need() {
        assumeTrue(isUsable(), "strace is missing, or may not attach: apt install strace");
    }

    /**
     * Attaches with these options, such as {@code -e inject=fsync:error=EIO}. A server that is told to die at its first
     * call may be dead before the last of its threads is traced; that is not an error here, the next request shows it.
     */
    static Strace attach(Node node, String... options) throws IOException {
        Path output = Files.createTempFile("offload-strace", ".log");
        output.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-y", "-o", output.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-p", Long.toString(node.pid())));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Strace strace = new Strace(process, output);
        Until.holds("strace is attached to all threads", () -> isAttached(process, node.pid()));
        Thread.ofVirtual().name("strace-watch").start(() -> letGoOfTheDead(process, node.pid()));
        return strace;
    }

    /** A process that is killed under it may wait for it for ever, with its sockets open; so it has to go as well. */
    private static void letGoOfTheDead(Process strace, long pid) {
        while (strace.isAlive()) {
            if (isDead(pid)) {
                strace.destroyForcibly();
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean isDead(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isAttached(Process strace, long pid) throws IOException {
        boolean hasEnded = !strace.isAlive();
        if (isDead(pid)) {
            return true;
        }
        if (hasEnded) {
            throw new IOException(new String(strace.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        return allTraced(pid);
    }

    private static boolean allTraced(long pid) {
        try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("status")).contains("TracerPid:\t0\n")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // A thread, or the whole process, ended between the two looks: look again.
            return false;
        }
    }

    /** The traced calls so far, one a line. */
    List<String> calls() throws IOException {
        return Files.readAllLines(output, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws InterruptedException {
        // SIGTERM: it detaches, and the server goes on.
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            // It can hang on a process that was killed under it; without it the server goes on as well.
            process.destroyForcibly().waitFor();
        }
    }
}
