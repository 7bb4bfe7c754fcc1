package offload.bench;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine in one line, as far as {@code /proc} tells it. */
final class Machine {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path EXT4 = Path.of("/proc/fs/ext4");
    /** One entry for each journal, named DEVICE-INODE. */
    private static final Path JOURNALS = Path.of("/proc/fs/jbd2");

    private Machine() {}

    /** Processors, memory, kernel, and what {@code data} lies on. */
    static String describe(Path data) throws IOException {
        long kilobytes = Long.parseLong(field(MEMORY, "MemTotal").replaceAll("\\D", ""));
        return Runtime.getRuntime().availableProcessors() + " x " + field(CPU, "model name") + ", "
                + Math.round(kilobytes / 1024.0 / 1024.0) + " GiB, " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", data folder on " + fileSystem(data);
    }

    private static String field(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    private static String fileSystem(Path data) throws IOException {
        FileStore store = Files.getFileStore(data);
        Path device = Path.of(store.name());
        if (!store.type().equals("ext4") || !Files.exists(device)) {
            return store.type();
        }
        String name = device.toRealPath().getFileName().toString();
        if (!Files.isDirectory(EXT4.resolve(name))) {
            return "ext4";
        }
        return hasJournal(name) ? "ext4 with a journal" : "ext4 without a journal";
    }

    private static boolean hasJournal(String device) throws IOException {
        if (!Files.isDirectory(JOURNALS)) {
            return false;
        }
        try (Stream<Path> journals = Files.list(JOURNALS)) {
            return journals.anyMatch(journal -> journal.getFileName().toString().startsWith(device + "-"));
        }
    }
}
