package offload.eventlog;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicReferenceArray;
import offload.disk.LocalFileSystem;
import offload.disk.PlainFile;
import org.jspecify.annotations.Nullable;

/**
 * Logs of finished turns that are read again and again: they stay open from one reader to the next, which spares each the
 * opening, an eighth of what a replay costs. Each reader still looks whether the name leads to that file, so that what was removed or
 * replaced is so for the next one; where another machine may have done that, the look could be an old one, and nothing
 * is kept. Any thread.
 */
public final class KeptLogs {
    private static final int MOST = 32;

    private final boolean local;
    private final AtomicReferenceArray<@Nullable KeptLog> kept = new AtomicReferenceArray<>(MOST);

    /** Keeps logs in {@code folder}. */
    public KeptLogs(Path folder) {
        this(LocalFileSystem.has(folder));
    }

    KeptLogs(boolean local) {
        this.local = local;
    }

    /**
     * A reader of the log at {@code path}, of a turn that is final; null where it has to be opened for this reader alone. A {@link
     * java.nio.file.NoSuchFileException} where there is none.
     */
    public @Nullable EventTail reader(Path path) throws IOException {
        if (!local) {
            return null;
        }
        BasicFileAttributes now = PlainFile.look(path);
        int place = Math.floorMod(path.hashCode(), MOST);
        KeptLog known = kept.get(place);
        EventTail reader = known != null && known.is(path, now) ? known.reader() : null;
        return reader == null ? anew(path, now, place) : reader;
    }

    private @Nullable EventTail anew(Path path, BasicFileAttributes now, int place) throws IOException {
        KeptLog opened = KeptLog.open(path, now);
        if (opened == null) {
            return null;
        }
        put(place, opened);
        return opened.reader();
    }

    /** Lets go of what nobody has asked for since this was last called: what was removed gives its space back then. */
    public void round() throws IOException {
        for (int place = 0; place < MOST; place++) {
            KeptLog log = kept.get(place);
            if (log != null && !log.wasWanted() && kept.compareAndSet(place, log, null)) {
                log.release();
            }
        }
    }

    /** Lets go of all; who reads reads on. */
    public void clear() throws IOException {
        for (int place = 0; place < MOST; place++) {
            put(place, null);
        }
    }

    private void put(int place, @Nullable KeptLog log) throws IOException {
        KeptLog before = kept.getAndSet(place, log);
        if (before != null) {
            before.release();
        }
    }
}
