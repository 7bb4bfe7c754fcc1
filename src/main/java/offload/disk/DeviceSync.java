package offload.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import offload.sweep.Handover;
import org.jspecify.annotations.Nullable;

/**
 * Forces what was written to the device, for many threads at once. Who comes while few do has its own file forced; where
 * many do, at a time or within milliseconds, all that wait share one sync of the whole file system (a group commit), and who
 * comes meanwhile shares the next, which begins some milliseconds after the last one did, so that more share it. Where that
 * cannot be, or fails, each has its own forced after all, and learns of its own error. Any thread.
 */
public final class DeviceSync {
    private static final int MANY = 4;
    private static final long SOON = TimeUnit.SECONDS.toNanos(3);
    /** A sync for two or three costs what theirs would: it is worth some milliseconds that more come. */
    private static final long APART = TimeUnit.MILLISECONDS.toNanos(5);

    private final WholeFileSystem fileSystem;
    private final AtomicInteger busy = new AtomicInteger();
    private final ExecutorService rounds;
    private @Nullable Round coming;
    private final AtomicLong begun = new AtomicLong();
    private final Rush rush;
    private volatile long beganAt = System.nanoTime();
    private volatile long done;
    private volatile long doneAt;

    /** How one thing is forced by itself: {@code fsync(2)}. */
    @FunctionalInterface
    public interface Alone {
        /** Does it, or tells why it may not be on the device. */
        void run() throws IOException;
    }

    private static final class Round {
        private final CountDownLatch over = new CountDownLatch(1);
        private boolean done;

        /** Cannot be hurried: an interrupt is kept for later. */
        boolean await() {
            boolean interrupted = Thread.interrupted();
            try {
                while (true) {
                    try {
                        over.await();
                        return done;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** For files below {@code root}, and folders that are named by {@link #include}. */
    public DeviceSync(Path root) {
        this(root, new Rush(MANY, APART, System::nanoTime));
    }

    /** {@code rush} says whether calls that come one after the other are many. */
    DeviceSync(Path root, Rush rush) {
        this.rush = rush;
        fileSystem = new WholeFileSystem(root);
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("device-sync").daemon().factory());
        one.allowCoreThreadTimeOut(true);
        rounds = one;
    }

    /** Says that files in {@code folder} will be forced too. */
    public void include(Path folder) throws IOException {
        fileSystem.include(folder);
    }

    /** What the caller wrote is on the device when this returns. */
    public void sync(Alone alone) throws IOException {
        try {
            int atOnce = busy.incrementAndGet();
            boolean many = rush.goesOn() || atOnce >= MANY;
            if (!many || !together()) {
                alone.run();
            }
        } finally {
            busy.decrementAndGet();
        }
    }

    /** Forces all of {@code files} that were written; false where they are few, or may not be there: each by itself then. */
    public boolean syncAll(long files) {
        return files >= MANY && together();
    }

    /** A moment: all that is written by now is on the device once it {@link #isPast}. */
    public long moment() {
        return begun.get();
    }

    /** Whether all that was written before {@code moment} is on the device, because a sync for many came after it. */
    public boolean isPast(long moment) {
        return done > moment;
    }

    /** Whether many have shared a sync in the last seconds, so that the next moments will pass soon. */
    public boolean isShared() {
        return done > 0 && System.nanoTime() - doneAt < SOON;
    }

    private boolean together() {
        return fileSystem.isUsable() && join().await();
    }

    private synchronized Round join() {
        Round round = coming;
        if (round == null) {
            round = new Round();
            coming = round;
            Handover.execute(rounds, this::run);
        }
        return round;
    }

    private void run() {
        gather();
        Round round = begin();
        long number = begun.get();
        try {
            round.done = fileSystem.sync();
            if (round.done) {
                doneAt = System.nanoTime();
                done = number;
            }
        } finally {
            round.over.countDown();
        }
    }

    private void gather() {
        for (long now = System.nanoTime(); now - beganAt < APART; now = System.nanoTime()) {
            LockSupport.parkNanos(this, APART - (now - beganAt));
        }
        beganAt = System.nanoTime();
    }

    /** Closes the round: what is written after this is not promised by it. */
    private synchronized Round begin() {
        Round round = coming;
        coming = null;
        begun.incrementAndGet();
        if (round == null) {
            throw new IllegalStateException("a round is run once");
        }
        return round;
    }
}
