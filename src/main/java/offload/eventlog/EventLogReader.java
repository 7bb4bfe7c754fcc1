package offload.eventlog;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import offload.disk.FreshLook;
import offload.disk.PlainFile;
import offload.limits.Descriptors;

/** Reads one event log by offset. For one thread at a time. */
public final class EventLogReader implements Closeable {
    private static final int WINDOW = 16 * 1024;

    private final RandomAccessFile file;
    private long position;
    private boolean closed;

    /** Opens the log; a {@link NoSuchFileException} where there is none. */
    public EventLogReader(Path path) throws IOException {
        file = FreshLook.at(() -> open(PlainFile.at(path)));
        Descriptors.OF_PROCESS.take(1);
    }

    /** The JDK calls a file not found whatever keeps it from being opened: too many open ones, a device in trouble. */
    private static RandomAccessFile open(Path path) throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            if (Files.notExists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The length of the file now. */
    public long length() throws IOException {
        return file.length();
    }

    /** Reads up to {@code most} bytes at {@code offset}; how many, or -1 at the end of the file. */
    public int read(long offset, byte[] into, int most) throws IOException {
        if (offset != position) {
            file.seek(offset);
        }
        int count = file.read(into, 0, Math.min(most, into.length));
        position = offset + Math.max(count, 0);
        return count;
    }

    /** Sends up to {@code most} bytes at {@code offset} to {@code target} without a copy in this process; how many. */
    public long transfer(long offset, long most, WritableByteChannel target) throws IOException {
        return file.getChannel().transferTo(offset, most, target);
    }

    /** The greatest offset at or below {@code offset} where a record ends. */
    public long recordEndAtOrBelow(long offset) throws IOException {
        if (offset == 0) {
            return 0;
        }
        byte[] window = new byte[WINDOW];
        long to = Math.min(offset, length());
        while (to > 1) {
            long from = Math.max(0, to - WINDOW);
            int count = readFully(from, window);
            for (int i = (int) Math.min(count, to - from); i >= 2; i--) {
                if (window[i - 1] == '\n' && window[i - 2] == '\n') {
                    return from + i;
                }
            }
            to = from == 0 ? 0 : from + 1;
        }
        return 0;
    }

    private int readFully(long offset, byte[] into) throws IOException {
        int count = 0;
        file.seek(offset);
        while (count < into.length) {
            int more = file.read(into, count, into.length - count);
            if (more < 0) {
                break;
            }
            count += more;
        }
        position = offset + count;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            Descriptors.OF_PROCESS.give(1);
        }
        file.close();
    }
}
