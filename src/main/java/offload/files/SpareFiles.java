package offload.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import offload.disk.DeviceSync;
import offload.disk.SpareFile;
import org.jspecify.annotations.Nullable;

/**
 * Files of turns that are over, kept to become files of others: a server with many turns then makes no new ones for their
 * statuses and removes none, both of which are dear. What they held is overwritten when they come, and it is on the device
 * that it was before they go: not even after a power cut does one turn show what another had. With few turns there are
 * none. Any thread.
 */
final class SpareFiles {
    private static final byte[] BLANK = "{}\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST = 5_000;

    private final DeviceSync device;
    private final ConcurrentLinkedQueue<Blank> blanks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    private record Blank(SpareFile file, long since) {}

    SpareFiles(DeviceSync device) {
        this.device = device;
    }

    /** Whether one more would be kept. */
    boolean wantsMore() {
        return device.isShared() && count.get() < MOST;
    }

    /** Takes {@code file}, which nobody needs any more and which lies where nobody looks; else removes it. */
    void give(Path file) throws IOException {
        SpareFile spare = new SpareFile(file);
        if (wantsMore() && spare.rewrite(BLANK)) {
            count.incrementAndGet();
            blanks.add(new Blank(spare, device.moment()));
        } else {
            removeAtOnce(file);
            removeOne();
        }
    }

    /** Removes {@code file}, which may be gone: one system call, and what is told of a failure is found out only then. */
    static void removeAtOnce(Path file) throws IOException {
        if (!file.toFile().delete()) {
            Files.deleteIfExists(file);
        }
    }

    /** Times of few turns come after those of many. */
    private void removeOne() throws IOException {
        if (!device.isShared()) {
            Blank blank = blanks.poll();
            if (blank != null) {
                count.decrementAndGet();
                Files.deleteIfExists(blank.file().path());
            }
        }
    }

    /** A file with {@code content} that lies somewhere else until it is moved; null where there is none. */
    @Nullable
    SpareFile take(byte[] content) throws IOException {
        Blank oldest = blanks.peek();
        if (oldest == null || !device.isPast(oldest.since()) || !blanks.remove(oldest)) {
            return null;
        }
        count.decrementAndGet();
        if (oldest.file().rewrite(content)) {
            return oldest.file();
        }
        Files.deleteIfExists(oldest.file().path());
        return null;
    }
}
