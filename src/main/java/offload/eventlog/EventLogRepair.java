package offload.eventlog;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import offload.disk.Folders;
import offload.disk.PlainFile;

/**
 * Ends an event log whose writer is gone: its whole records and the last ones go to a new file that takes the old one's
 * name. A writer that was frozen and wakes up again holds the old file, which nobody reads any more. Stateless.
 */
public final class EventLogRepair {
    private EventLogRepair() {}

    /**
     * Keeps the first {@code length} bytes of {@code log}, adds {@code end}, and forces all of it to the device; where that
     * fails, nothing is left of {@code draft}: it is tried again until it succeeds.
     */
    public static void rewrite(Path log, Path draft, long length, RecordBatch end) throws IOException {
        try {
            write(log, draft, length, end);
            Files.move(draft, log, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        Folders.syncName(log);
    }

    private static void write(Path log, Path draft, long length, RecordBatch end) throws IOException {
        try (InputStream in = Files.newInputStream(PlainFile.at(log));
                FileOutputStream out = new FileOutputStream(draft.toFile())) {
            copy(in, out, length);
            out.write(end.bytes(), end.start(), end.length());
            out.getFD().sync();
        }
    }

    private static void copy(InputStream in, FileOutputStream out, long length) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new IOException("the event log got shorter while it was repaired");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }
}
