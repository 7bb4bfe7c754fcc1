package offload.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import offload.disk.PlainFile;
import offload.limits.Descriptors;
import org.jspecify.annotations.Nullable;

/**
 * The log of a finished turn, open for many readers, and for who keeps it: it is closed when the last of them lets go. Any
 * thread; each {@link Reader} is for one.
 */
final class KeptLog {
    private final Path path;
    private final @Nullable Object file;
    private final FileTime modified;
    private final long size;
    private final FileChannel channel;
    /** The first is who keeps it. */
    private int holders = 1;

    private boolean wanted;

    private KeptLog(Path path, BasicFileAttributes seen, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        file = seen.fileKey();
        modified = seen.lastModifiedTime();
        size = seen.size();
    }

    /** Opens the log at {@code path}, which looked like {@code seen}; null where another file has come to be there since. */
    static @Nullable KeptLog open(Path path, BasicFileAttributes seen) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        Descriptors.OF_PROCESS.take(1);
        KeptLog log = new KeptLog(path, seen, channel);
        boolean same = false;
        try {
            same = log.is(path, PlainFile.look(path));
            return same ? log : null;
        } finally {
            if (!same) {
                log.release();
            }
        }
    }

    /** Whether {@code path}, which looks like {@code now}, leads to what is open here, unchanged. */
    boolean is(Path path, BasicFileAttributes now) {
        return path.equals(this.path)
                && file != null
                && file.equals(now.fileKey())
                && size == now.size()
                && modified.equals(now.lastModifiedTime());
    }

    /** A reader of it; null where it is closed. */
    synchronized @Nullable EventTail reader() {
        // An interrupt of one who reads closes the channel for all.
        if (holders == 0 || !channel.isOpen()) {
            return null;
        }
        holders++;
        wanted = true;
        return new Reader();
    }

    /** Whether anybody has asked for a reader since this was last asked. */
    synchronized boolean wasWanted() {
        boolean was = wanted;
        wanted = false;
        return was;
    }

    /** One holder fewer. */
    synchronized void release() throws IOException {
        if (--holders == 0) {
            Descriptors.OF_PROCESS.give(1);
            channel.close();
        }
    }

    private final class Reader implements EventTail {
        private boolean closed;

        @Override
        public boolean hasEnded() {
            return true;
        }

        @Override
        public boolean isBrokenOff() {
            return false;
        }

        @Override
        public long available() {
            return size;
        }

        @Override
        public int read(long offset, byte[] into, int most) throws IOException {
            int count = (int) Math.min(Math.min(most, into.length), size - offset);
            return channel.read(ByteBuffer.wrap(into, 0, count), offset);
        }

        @Override
        public long transfer(long offset, long most, WritableByteChannel target) throws IOException {
            return channel.transferTo(offset, Math.min(most, size - offset), target);
        }

        @Override
        public long goodCursor(long offset) throws IOException {
            if (offset == 0) {
                return 0;
            }
            try (EventLogReader reader = new EventLogReader(path)) {
                return reader.recordEndAtOrBelow(Math.min(offset, size));
            }
        }

        @Override
        public void await() {
            throw new IllegalStateException("nothing follows a finished log");
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                release();
            }
        }
    }
}
