package offload.files;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Watches the room on the data folder's device. Below the watermark nothing new is begun, so that what runs can end. A
 * ballast file in the node's folder is given up when a write finds no room all the same: what it held is for the last
 * records and statuses. Once a round finds room again, the ballast is made anew, and all is as before. Any thread, but
 * {@link #round} for one.
 */
public final class FreeSpace {
    private static final Logger LOG = System.getLogger(FreeSpace.class.getName());
    private static final int BALLAST = 1 << 20;
    private static final int ENOUGH = 2 * BALLAST;
    private static final int BLOCK = BALLAST / 16;
    /** More files than the ballast was, and than a few turns make at their ends. */
    private static final int FILES = 16;

    private final Path folder;
    private final Path ballast;
    private final Path probe;
    private final long leastFree;
    private volatile boolean low;
    private volatile boolean struck;
    private boolean told;

    /** Keeps {@code leastFree} bytes; 0 for no watermark. */
    public FreeSpace(DataFolder data, NodeFolder node, long leastFree) {
        this.folder = data.root();
        this.ballast = node.ballast();
        this.probe = node.draft();
        this.leastFree = leastFree;
    }

    /** Whether there is too little room for anything new. */
    public boolean isLow() {
        return low;
    }

    /** Fails while the device is full: the room that the ballast left is for last records and statuses. */
    public void requireForEvents() throws IOException {
        if (struck) {
            throw new IOException("No space left on the device of the data folder but for what ends turns");
        }
    }

    /** A write found the device full: the ballast goes, and nothing new begins until a round finds room. */
    public void struck() {
        struck = true;
        low = true;
        try {
            if (Files.deleteIfExists(ballast)) {
                LOG.log(Level.WARNING, "the device of the data folder is full: the ballast is given up");
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the ballast could not be given up: " + e);
        }
    }

    /** Looks how much room there is. */
    public void round() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        boolean wasLow = low;
        if (free < leastFree || struck && !hasRoom(free)) {
            low = true;
        } else {
            struck = false;
            told = false;
            low = false;
            if (free - BALLAST >= Math.max(leastFree, BALLAST) && !Files.exists(ballast)) {
                fill(ballast, BALLAST);
            }
        }
        if (low != wasLow) {
            LOG.log(
                    Level.WARNING,
                    low
                            ? "the data folder has too little room, " + free + " bytes: submissions are refused"
                            : "the data folder has room again: submissions are taken");
        }
    }

    /** What the ballast left is no room: turns that went on with it would have none to end in. */
    private boolean hasRoom(long free) throws IOException {
        boolean room = free >= ENOUGH && canWrite();
        if (!room && free >= ENOUGH && !told) {
            told = true;
            LOG.log(
                    Level.WARNING,
                    "the data folder takes no more although " + free + " bytes are free on its device:"
                            + " a quota is used up, or the number of files (df -i)");
        }
        return room;
    }

    /**
     * The device may be full for this user only, by a quota, or for new files only, which the figure of its bytes does not
     * tell: it must hold more than the ballast left.
     */
    private boolean canWrite() throws IOException {
        try {
            fill(probe, ENOUGH);
            for (int number = 1; number < FILES; number++) {
                new FileOutputStream(probe(number)).close();
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            Files.deleteIfExists(probe);
            for (int number = 1; number < FILES; number++) {
                Files.deleteIfExists(probe(number).toPath());
            }
        }
    }

    private File probe(int number) {
        return new File(probe + "-" + number);
    }

    /** Whole blocks of random bytes: a file system that compresses, or leaves holes, keeps room for nothing else. */
    private static void fill(Path file, int length) throws IOException {
        byte[] block = new byte[BLOCK];
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            for (int written = 0; written < length; written += BLOCK) {
                ThreadLocalRandom.current().nextBytes(block);
                out.write(block);
            }
            out.getFD().sync();
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
