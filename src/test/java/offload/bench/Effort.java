package offload.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a server has done for turns and readers, by counts.
 *
 * @param steps as {@link Steps} has them
 * @param allocated bytes of heap
 * @param calls system calls that read or write
 * @param moved bytes that they read and wrote
 */
record Effort(double steps, double allocated, double calls, double moved) {

    /** What the server {@code pid}, whose agent listens on {@code port}, has done so far. */
    static Effort soFar(long pid, int port) throws IOException {
        String[] said;
        try (Socket agent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            said = new String(agent.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
        }
        long calls = 0;
        long moved = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                String io = countsOf(thread);
                calls += number(io, "syscr") + number(io, "syscw");
                moved += number(io, "rchar") + number(io, "wchar");
            }
        }
        return new Effort(Long.parseLong(said[0]), Long.parseLong(said[1]), calls, moved);
    }

    private static String countsOf(Path thread) throws IOException {
        try {
            boolean counted =
                    Steps.isCounted(Files.readString(thread.resolve("comm")).strip());
            return counted ? Files.readString(thread.resolve("io")) : "";
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return "";
        }
    }

    private static long number(String io, String name) {
        return io.lines()
                .filter(line -> line.startsWith(name + ": "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
                .sum();
    }

    /** What was done since {@code before}, for each of {@code units}. */
    Effort since(Effort before, int units) {
        return new Effort(
                (steps - before.steps) / units,
                (allocated - before.allocated) / units,
                (calls - before.calls) / units,
                (moved - before.moved) / units);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f steps, %.1f bytes of heap, %.2f calls, %.1f bytes moved",
                steps,
                allocated,
                calls,
                moved);
    }
}
